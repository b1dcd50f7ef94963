import ntp from '@halligan/barclamp-ntp';
import type { Barclamp } from '@halligan/sdk';

/** The barclamps this server knows. A new one is added here, and to the dependencies of this package. */
export const barclamps: readonly Barclamp[] = [ntp];
