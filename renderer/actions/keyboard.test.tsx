// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createProject } from '../../core/document/create.ts';
import { useEditor } from '../services/store.ts';
import { Switch } from '../ui/Switch.tsx';
import { listenToKeys } from './keyboard.ts';

const pressed = vi.fn();
let stop = () => {};

beforeEach(() => {
  useEditor.setState({ document: createProject('Test'), screen: 'editor', playing: 0, dialog: null });
  pressed.mockClear();
  stop = listenToKeys();
});
afterEach(() => {
  stop();
  cleanup();
});

const playing = () => useEditor.getState().playing;

function Controls() {
  return (
    <>
      <button onClick={pressed}>Loop</button>
      <Switch label="Reverse" checked={false} onChange={pressed} />
      <input aria-label="Name" />
      <div role="dialog">
        <button onClick={pressed}>Close</button>
      </div>
    </>
  );
}

it('plays with Space after a button was clicked, and does not press the button again', async () => {
  const user = userEvent.setup();
  render(<Controls />);
  await user.click(screen.getByRole('button', { name: 'Loop' }));
  await user.keyboard(' ');
  expect([pressed.mock.calls.length, playing()]).toEqual([1, 1]);
  await user.keyboard('{Enter}');
  expect([pressed.mock.calls.length, playing()]).toEqual([1, 1]);
});

it('plays with Space after a switch was clicked', async () => {
  const user = userEvent.setup();
  render(<Controls />);
  await user.click(screen.getByRole('switch', { name: 'Reverse' }));
  await user.keyboard(' ');
  expect([pressed.mock.calls.length, playing()]).toEqual([1, 1]);
});

it('presses a button that the keyboard reached, by Space and by Enter', async () => {
  const user = userEvent.setup();
  render(<Controls />);
  await user.tab();
  await user.keyboard(' ');
  await user.keyboard('{Enter}');
  expect([pressed.mock.calls.length, playing()]).toEqual([2, 0]);
});

it('still plays when a script gives the focus back to a clicked button', async () => {
  const user = userEvent.setup();
  render(<Controls />);
  const button = screen.getByRole('button', { name: 'Loop' });
  await user.click(button);
  await user.tab();
  button.focus();
  await user.keyboard(' ');
  expect([pressed.mock.calls.length, playing()]).toEqual([1, 1]);
});

it('leaves Space to text fields and dialogs', async () => {
  const user = userEvent.setup();
  render(<Controls />);
  await user.type(screen.getByRole('textbox', { name: 'Name' }), 'a b');
  await user.click(screen.getByRole('button', { name: 'Close' }));
  await user.keyboard(' ');
  expect([pressed.mock.calls.length, playing()]).toEqual([2, 0]);
});

it('does not start and stop while Space is held', async () => {
  const user = userEvent.setup();
  render(<Controls />);
  await user.keyboard('{ >5/}');
  expect(playing()).toBe(1);
});
