/** Small drawings for the start screen in the colours of the theme. */

/** A hill, a sun and a tree: the place every drawing happens in. */
function Meadow({
  sun = 'var(--snap)',
  sky = 'var(--video-bar)',
  above = 0,
}: {
  sun?: string;
  sky?: string;
  /** More sky on top. */ above?: number;
}) {
  return (
    <g transform={`translate(0 ${above})`}>
      <rect y={-above} width="320" height={180 + above} fill={sky} />
      <circle cx="246" cy="52" r="22" fill={sun} />
      <path d="M0 118 Q80 78 170 112 T320 96 V180 H0Z" fill="var(--speech-bar)" />
      <path d="M0 142 Q110 112 210 140 T320 132 V180 H0Z" fill="var(--speech-body)" />
      <rect x="62" y="92" width="7" height="34" rx="2" fill="var(--foley-bar)" />
      <circle cx="65" cy="84" r="20" fill="var(--speech-wave)" />
    </g>
  );
}

function Balloon({
  x,
  y,
  size = 1,
  color = 'var(--playhead)',
}: {
  x: number;
  y: number;
  size?: number;
  color?: string;
}) {
  return (
    <g transform={`translate(${x} ${y}) scale(${size})`}>
      <path d="M0 20 Q4 34 -2 48" fill="none" stroke="var(--text-muted)" strokeWidth="1.5" />
      <ellipse rx="17" ry="21" fill={color} />
      <path d="M-4 20 L4 20 L0 26Z" fill={color} />
      <ellipse cx="-6" cy="-8" rx="4" ry="6" fill="var(--text-on-picture)" opacity=".35" />
    </g>
  );
}

/** Heights of a wave, repeatable: no two bars of the same sound look alike, every window shows the same. */
function bars(count: number, seed: number): number[] {
  return Array.from(
    { length: count },
    (_, index) => 0.25 + 0.75 * Math.abs(Math.sin(index * 1.7 + seed) * Math.cos(index * 0.37 + seed * 2)),
  );
}

function Wave({
  x,
  y,
  width,
  height,
  seed,
  color,
  ground,
}: {
  x: number;
  y: number;
  width: number;
  height: number;
  seed: number;
  color: string;
  ground: string;
}) {
  const heights = bars(Math.floor(width / 4), seed);
  return (
    <g>
      <rect x={x} y={y} width={width} height={height} rx="2" fill={ground} />
      {heights.map((value, index) => (
        <rect
          key={index}
          x={x + 1 + index * 4}
          y={y + height - 2 - value * (height - 6)}
          width="2.4"
          height={value * (height - 6)}
          fill={color}
        />
      ))}
    </g>
  );
}

/** Drawing of the recipe that scores a video. */
export function ScoreDrawing() {
  return (
    <svg viewBox="0 0 320 236" preserveAspectRatio="xMidYMax slice">
      <Meadow />
      <Balloon x={168} y={66} />
      <rect y="144" width="320" height="92" fill="var(--surface-lane)" />
      <Wave x={4} y={148} width={312} height={26} seed={1} color="var(--music-wave)" ground="var(--music-body)" />
      <Wave x={4} y={177} width={312} height={26} seed={4} color="var(--foley-wave)" ground="var(--foley-body)" />
      <Wave x={4} y={206} width={312} height={26} seed={7} color="var(--ambience-wave)" ground="var(--ambience-body)" />
    </svg>
  );
}

/** Drawing of the recipe that removes an object. */
export function RemoveDrawing() {
  return (
    <svg viewBox="0 0 320 236" preserveAspectRatio="xMidYMid slice">
      <Meadow above={56} />
      <Balloon x={130} y={104} size={1.3} />
      <g transform="translate(198 130) scale(1.3)">
        <ellipse rx="21" ry="25" fill="var(--mask)" opacity=".62" />
        <ellipse rx="21" ry="25" fill="none" stroke="var(--text-on-picture)" strokeWidth="1.5" strokeDasharray="3 3" />
      </g>
    </svg>
  );
}

/** Drawing of the recipe that bridges two shots. */
export function BridgeDrawing() {
  return (
    <svg viewBox="0 0 320 236" preserveAspectRatio="xMidYMid slice">
      <svg width="118" height="236" viewBox="20 0 90 180" preserveAspectRatio="xMidYMid slice">
        <Meadow />
        <Balloon x={94} y={60} size={0.8} />
      </svg>
      <svg x="202" width="118" height="236" viewBox="180 0 90 180" preserveAspectRatio="xMidYMid slice">
        <Meadow sky="var(--title-bar)" sun="var(--foley-wave)" />
        <Balloon x={222} y={104} size={0.8} />
      </svg>
      <rect x="118" width="84" height="236" fill="var(--state-generating-soft)" />
      {Array.from({ length: 14 }, (_, index) => (
        <path
          key={index}
          d={`M118 ${index * 30 - 40} l84 -84`}
          stroke="var(--surface-lane)"
          strokeWidth="9"
          opacity=".55"
        />
      ))}
      <path d="M118 0V236M202 0V236" stroke="var(--ai)" strokeWidth="2" />
      <g fill="none" stroke="var(--ai)" strokeWidth="2">
        <rect x="143" y="108" width="13" height="22" rx="2" />
        <rect x="164" y="108" width="13" height="22" rx="2" />
        <path d="M160 96v8m-5 -4l5 5l5 -5" />
      </g>
    </svg>
  );
}

/** Drawing of the recipe that turns words into a clip; shows `prompt`. */
export function WordsDrawing({ prompt }: { prompt: string }) {
  return (
    <svg viewBox="0 0 320 236" preserveAspectRatio="xMidYMid slice">
      <Meadow sky="var(--ambience-bar)" above={56} />
      <Balloon x={150} y={86} size={1.4} />
      <g>
        <rect x="28" y="158" width="264" height="44" rx="6" fill="var(--chip-on-picture)" />
        <text x="42" y="185" fill="var(--text-on-picture)" fontSize="15" fontFamily="var(--font-ui)">
          {prompt}
        </text>
      </g>
    </svg>
  );
}

/** The editor in small: a picture over four tracks. */
export function DemoDrawing() {
  const strip = (x: number, width: number, made: boolean) => (
    <g>
      <rect x={x} y="200" width={width} height="28" rx="2" fill="var(--video-body)" />
      <svg x={x} y="206" width={width} height="22">
        {Array.from({ length: Math.ceil(width / 39) }, (_, index) => (
          <svg key={index} x={index * 39} width="39" height="22" viewBox="0 0 320 180">
            <Meadow />
          </svg>
        ))}
      </svg>
      {made ? <path d={`M${x} 200h9l-9 9Z`} fill="var(--ai)" /> : null}
    </g>
  );
  return (
    <svg viewBox="0 0 512 280" preserveAspectRatio="xMinYMin slice">
      <svg width="512" height="180" viewBox="0 0 320 112" preserveAspectRatio="xMidYMid slice">
        <Meadow />
        <Balloon x={150} y={50} />
        <Balloon x={196} y={40} size={0.7} color="var(--title-wave)" />
      </svg>
      <rect y="180" width="512" height="100" fill="var(--surface-lane)" />
      <path d="M0 180H512" stroke="var(--line)" />
      <rect x="13" y="184" width="50" height="13" rx="2" fill="var(--title-bar)" />
      <rect x="160" y="184" width="50" height="13" rx="2" fill="var(--title-bar)" />
      <rect x="436" y="184" width="64" height="13" rx="2" fill="var(--title-bar)" />
      {strip(0, 88, false)}
      {strip(90, 120, false)}
      {strip(212, 94, true)}
      {strip(308, 100, false)}
      {strip(410, 102, false)}
      <Wave x={13} y={231} width={152} height={22} seed={2} color="var(--speech-wave)" ground="var(--speech-body)" />
      <Wave x={173} y={231} width={128} height={22} seed={5} color="var(--foley-wave)" ground="var(--foley-body)" />
      <path d="M173 231h9l-9 9Z" fill="var(--ai)" />
      <Wave x={308} y={231} width={76} height={22} seed={3} color="var(--speech-wave)" ground="var(--speech-body)" />
      <Wave x={0} y={256} width={512} height={22} seed={1} color="var(--music-wave)" ground="var(--music-body)" />
      <path d="M0 256h9l-9 9Z" fill="var(--ai)" />
      <path d="M184 180V280" stroke="var(--playhead)" strokeWidth="1.5" />
    </svg>
  );
}
