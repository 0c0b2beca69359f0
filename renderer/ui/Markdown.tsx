import { useMemo } from 'react';
import { markdownBlocks, markdownRuns, type Block } from './markdownBlocks.ts';
import styles from './Markdown.module.css';

/** A text in Markdown, as elements: no HTML of it is ever taken over, and no link is followed. */
export function Markdown({ text }: { text: string }) {
  const blocks = useMemo(() => markdownBlocks(text), [text]);
  return (
    <div className={styles.text}>
      {blocks.map((block, index) => (
        <BlockView key={index} block={block} />
      ))}
    </div>
  );
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading':
      return (
        <h4 className={block.level === 1 ? styles.title : styles.heading}>
          <Runs text={block.text} />
        </h4>
      );
    case 'paragraph':
      return (
        <p>
          <Runs text={block.text} />
        </p>
      );
    case 'list':
      return (
        <ul>
          {block.items.map((item, index) => (
            <li key={index}>
              <Runs text={item} />
            </li>
          ))}
        </ul>
      );
    case 'table':
      return <Table block={block} />;
    case 'code':
      return <pre>{block.text}</pre>;
  }
}

function Table({ block }: { block: Extract<Block, { kind: 'table' }> }) {
  return (
    <table>
      <thead>
        <tr>
          {block.head.map((cell, index) => (
            <th key={index} scope="col">
              <Runs text={cell} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {block.rows.map((row, line) => (
          <tr key={line}>
            {row.map((cell, index) => (
              <td key={index}>
                <Runs text={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Runs({ text }: { text: string }) {
  return markdownRuns(text).map(({ text: words, style }, index) => {
    if (style === 'strong') return <strong key={index}>{words}</strong>;
    if (style === 'emphasis') return <em key={index}>{words}</em>;
    if (style === 'code') return <code key={index}>{words}</code>;
    return words;
  });
}
