'use client';

import { Modal, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useState } from 'react';
import classes from './command-palette.module.css';
import { useDestinations } from './use-destinations.ts';

/** A combobox over everything one can go to; arrows choose, Enter goes. */
export function CommandDialog({ close }: { close: () => void }) {
  const router = useRouter();
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text, 150);
  const [chosen, setChosen] = useState(0);
  const found = useDestinations(wanted);
  const active = Math.min(chosen, Math.max(0, found.length - 1));

  const go = (index: number) => {
    const destination = found[index];
    if (destination === undefined) return;
    close();
    router.push(destination.href);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      Home: 0,
      End: found.length - 1,
    };
    const next = moves[event.key];
    if (next !== undefined) {
      event.preventDefault();
      setChosen(Math.max(0, Math.min(found.length - 1, next)));
    }
    if (event.key === 'Enter') go(active);
  };

  return (
    <Modal
      opened
      onClose={close}
      withCloseButton={false}
      padding={0}
      yOffset="12vh"
      size={560}
      centered={false}
    >
      <TextInput
        data-autofocus
        variant="unstyled"
        size="md"
        px="md"
        py={4}
        leftSection={<IconSearch size={18} />}
        placeholder="A page, node or proposal"
        aria-label="Go to"
        role="combobox"
        aria-expanded
        aria-controls="destinations"
        aria-activedescendant={found.length === 0 ? undefined : `destination-${active}`}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id="destinations" role="listbox" aria-label="Destinations" className={classes.list}>
        {found.map(({ href, label, hint, icon: Icon }, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the text field owns the keyboard (combobox pattern)
          <div
            key={href}
            id={`destination-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            data-active={index === active || undefined}
            className={classes.option}
            onMouseMove={() => setChosen(index)}
            onClick={() => go(index)}
          >
            <Icon size={17} stroke={1.7} aria-hidden />
            <Text size="sm" truncate flex={1}>
              {label}
            </Text>
            <Text size="xs" c="dimmed">
              {hint}
            </Text>
          </div>
        ))}
        {found.length === 0 && (
          <Text size="sm" c="dimmed" p="sm">
            Nothing is called that. Nodes are found by name, address, MAC or serial number.
          </Text>
        )}
      </div>
    </Modal>
  );
}
