import { useEffect, useRef, useState } from 'react';
import { start } from '../../services/errors.ts';
import { importFiles } from '../../services/imports.ts';

/** Imports files dropped from the desktop. Enters and leaves are counted, since children fire their own. */
export function useFileDrop() {
  const [dropping, setDropping] = useState(false);
  const depth = useRef(0);
  const hasFiles = (event: { dataTransfer: DataTransfer }) => event.dataTransfer.types.includes('Files');
  useEffect(() => {
    const end = () => {
      depth.current = 0;
      setDropping(false);
    };
    window.addEventListener('drop', end);
    return () => window.removeEventListener('drop', end);
  }, []);
  return {
    dropping,
    dropProps: {
      onDragEnter: (event: React.DragEvent) => {
        if (!hasFiles(event)) return;
        depth.current += 1;
        setDropping(true);
      },
      onDragLeave: (event: React.DragEvent) => {
        if (!hasFiles(event)) return;
        depth.current -= 1;
        if (depth.current <= 0) setDropping(false);
      },
      onDragOver: (event: React.DragEvent) => {
        if (hasFiles(event)) event.preventDefault();
      },
      onDrop: (event: React.DragEvent) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        event.stopPropagation();
        depth.current = 0;
        setDropping(false);
        start(importFiles([...event.dataTransfer.files]));
      },
    },
  };
}
