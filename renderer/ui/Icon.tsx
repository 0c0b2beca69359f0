import type { LucideIcon } from 'lucide-react';

export type IconType = LucideIcon;

/**
 * A lucide icon at the house stroke. Decorative: the control around it carries the name. Sizes in px: 12, 14, 16, 20.
 */
export function Icon({
  of: Glyph,
  size = 16,
  className,
}: {
  of: IconType;
  size?: 10 | 12 | 13 | 14 | 16 | 20 | 24;
  className?: string;
}) {
  return (
    <Glyph
      size={size}
      strokeWidth={1.75}
      absoluteStrokeWidth={false}
      aria-hidden="true"
      focusable="false"
      className={className}
      style={{ flex: 'none' }}
    />
  );
}
