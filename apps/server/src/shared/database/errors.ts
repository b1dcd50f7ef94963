export { isNotFound, isStorageFull, isUniqueViolation } from '@halligan/db';
