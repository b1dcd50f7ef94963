import { BmcError, type BmcErrorCode } from './bmc.ts';

interface Rule {
  says: RegExp;
  code: BmcErrorCode;
  means: string;
  remedy: string;
}

/** What ipmitool 1.8 says, most telling first: it ends nearly every failure with "Unable to establish". */
const rules: readonly Rule[] = [
  {
    says: /RAKP 2 HMAC is invalid|RAKP 2 message indicates an error : (invalid integrity|invalid role)/i,
    code: 'bmc.wrong_password',
    means: 'refused the password',
    remedy: 'Set the password of this BMC user again.',
  },
  {
    says: /unauthorized name/i,
    code: 'bmc.unknown_user',
    means: 'does not know the user',
    remedy: 'Correct the user name, or create that user in the BMC.',
  },
  {
    says: /insufficient privilege|Set Session Privilege Level .* failed/i,
    code: 'bmc.not_permitted',
    means: 'does not allow the user to do this',
    remedy: 'Give the user the privilege level ADMINISTRATOR or OPERATOR in the BMC.',
  },
  {
    says: /Address lookup for .* failed|Name or service not known/i,
    code: 'bmc.unknown_host',
    means: 'cannot be found under its name',
    remedy: 'Correct the address of the BMC, or use its IP address.',
  },
  {
    says: /Unable to establish|Get Channel Authentication Capabilities|No response from remote|Get Auth Capabilities error/i,
    code: 'bmc.unreachable',
    means: 'does not answer',
    remedy: 'Check the address and port of the BMC, its cable, and that IPMI over LAN is switched on.',
  },
];

/** Turns ipmitool's words into an error that names the controller and the remedy. */
export function ipmiError(bmc: string, words: string): BmcError {
  const rule = rules.find(({ says }) => says.test(words));
  if (rule) return new BmcError(rule.code, `The BMC at ${bmc} ${rule.means}.`, rule.remedy);
  const firstLine = words.trim().split('\n')[0] || 'ipmitool failed without a word';
  return new BmcError(
    'bmc.failed',
    `The BMC at ${bmc}: ${firstLine}`,
    'Try again; then look at the BMC itself.',
  );
}
