/** The mitred frame: four corners of wood, the upper one in the colour of what is made. */
export function Logo({ size = 20, className }: { size?: number; className?: string }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      aria-hidden="true"
      className={className}
      style={{ flex: 'none' }}
    >
      <path fill="var(--ai)" d="M1.8 1H18.2L14.2 5H5.8Z" />
      <path fill="currentColor" d="M19 1.8V18.2L15 14.2V5.8ZM18.2 19H1.8L5.8 15H14.2ZM1 18.2V1.8L5 5.8V14.2Z" />
    </svg>
  );
}
