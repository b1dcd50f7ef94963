import {
  commandStep,
  defineBarclamp,
  file,
  nodePath,
  payload,
  type Script,
  type Step,
  secret,
  sh,
  step,
} from '@halligan/sdk';
import { z } from 'zod';

/** What the secret step must never show. */
export const PASSWORD = "swordfish's %tail";

/**
 * A barclamp for tests: one server, clients after it, a file, a slow step and a secret. Each application of the slow
 * step is noted in /applied. Files steer it: /hold makes apply wait, /break makes it fail.
 */
export const testBarclamp = defineBarclamp({
  name: 'test',
  description: 'Steps that can be held, broken and counted.',
  attributes: z.object({
    greeting: z.string().default('hello').describe('What the file says'),
    nested: z
      .object({ depth: z.number().default(1).describe('Some number') })
      .default({ depth: 1 })
      .describe('More'),
    limit: z.number().default(60).describe('Seconds the slow step may take'),
  }),
  roles: {
    server: {
      description: 'First.',
      count: { min: 1, max: 1 },
      steps: ({ attributes }) => steps(attributes.greeting, attributes.limit),
    },
    client: {
      description: 'Second.',
      conflicts: ['server'],
      steps: ({ attributes, nodesWith }) =>
        steps(
          `${attributes.greeting} from ${nodesWith('server').map((node) => node.address('admin'))}`,
          attributes.limit,
        ),
    },
  },
  elementOrder: [['server'], ['client']],
  smokeTest: ({ nodesWith }) =>
    nodesWith('server').map((on) => ({
      name: 'the file is there',
      on,
      ask: sh`test -s ${nodePath('/etc/test.conf')}`,
    })),
});

const APPLIED = nodePath('/applied');

function steps(greeting: string, limit: number): Step[] {
  return [file('/etc/test.conf', `greeting = ${greeting}\n`), slow(greeting, limit), secretive];
}

function slow(greeting: string, limit: number): Step {
  const stamp = nodePath('/var/lib/test-stamp');
  return commandStep({
    name: 'slow step',
    check: sh`
      done=$(cat ${stamp} 2>/dev/null)
      [ "$done" = ${greeting} ] || echo ${'the slow work is not done'}`,
    apply: sh`
      echo ${greeting} >>${APPLIED}
      echo working
      ${held}
      if [ -e ${nodePath('/break')} ]; then echo ${'it is broken'} >&2; exit 9; fi
      echo ${greeting} >${stamp}`,
    timeoutSeconds: limit,
  });
}

const held: Script = sh`
  while [ -e ${nodePath('/hold')} ]; do sleep 0.1; done`;

const secretive = step({
  name: 'secretive step',
  files: { password: secret(PASSWORD) },
  check: sh`
    cmp -s ${payload('password')} ${nodePath('/etc/test-password')} || {
      printf 'the password should be '
      cat ${payload('password')}
    }`,
  apply: sh`
    set -x
    cat ${payload('password')}
    cat ${payload('password')} >${nodePath('/etc/test-password')}`,
});
