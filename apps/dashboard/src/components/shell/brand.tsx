import { Group, Text } from '@mantine/core';
import Link from 'next/link';

export function BrandMark({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#e0570f" />
      <path
        d="M8 24.5 20.2 12.3M18 6.5l7.5 7.5M21.8 10.2l3.4-3.4M6.8 21.6l3.6 3.6"
        fill="none"
        stroke="#fff"
        strokeWidth="2.8"
        strokeLinecap="round"
      />
    </svg>
  );
}

export function Brand() {
  return (
    <Link href="/" className="plain-link" aria-label="Halligan, overview">
      <Group gap={9} wrap="nowrap">
        <BrandMark />
        <Text fw={650} size="lg" lts="-0.01em" visibleFrom="xs">
          Halligan
        </Text>
      </Group>
    </Link>
  );
}
