import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { start } from '../../services/errors.ts';
import { recipeIds, startRecipe, type RecipeId } from '../../services/recipes.ts';
import { useEditor } from '../../services/store.ts';
import { BridgeDrawing, RemoveDrawing, ScoreDrawing, WordsDrawing } from './drawings.tsx';
import styles from './StartScreen.module.css';

const drawings: Readonly<Record<RecipeId, (prompt: string) => ReactNode>> = {
  score: () => <ScoreDrawing />,
  remove: () => <RemoveDrawing />,
  bridge: () => <BridgeDrawing />,
  words: (prompt) => <WordsDrawing prompt={prompt} />,
};

/** Ways in: each asks for the files it needs and leaves a normal project, ready for one press of the button. */
export function Recipes() {
  const { t } = useTranslation('start');
  const packs = useEditor((state) => state.packs);
  return (
    <ul className={styles.recipes}>
      {recipeIds.map((id) => (
        <li key={id}>
          <button
            type="button"
            className={styles.recipe}
            disabled={packs.every((pack) => pack.video === null && pack.soundtrack === null)}
            onClick={() => start(startRecipe(id))}
          >
            <span className={styles.art} aria-hidden="true">
              {drawings[id](t('recipes.words.prompt'))}
            </span>
            <span className={styles.recipeWords}>
              <span className={styles.recipeTitle}>{t(`recipes.${id}.title`)}</span>
              <span className={styles.recipeText}>{t(`recipes.${id}.text`)}</span>
              <span className="grow" />
              <span className="small faint">{t(`recipes.${id}.needs`)}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
