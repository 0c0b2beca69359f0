/**
 * The English files as types: keys given to `t` are checked against them. Only for types, so nothing is loaded twice.
 */
import type actions from './en/actions.json';
import type aiPanel from './en/aiPanel.json';
import type commands from './en/commands.json';
import type common from './en/common.json';
import type exportWords from './en/export.json';
import type generation from './en/generation.json';
import type history from './en/history.json';
import type inspector from './en/inspector.json';
import type mediaBin from './en/mediaBin.json';
import type models from './en/models.json';
import type shell from './en/shell.json';
import type start from './en/start.json';
import type timeline from './en/timeline.json';
import type transcript from './en/transcript.json';
import type viewer from './en/viewer.json';

export interface Words {
  actions: typeof actions;
  aiPanel: typeof aiPanel;
  commands: typeof commands;
  common: typeof common;
  export: typeof exportWords;
  generation: typeof generation;
  history: typeof history;
  inspector: typeof inspector;
  mediaBin: typeof mediaBin;
  models: typeof models;
  shell: typeof shell;
  start: typeof start;
  timeline: typeof timeline;
  transcript: typeof transcript;
  viewer: typeof viewer;
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: Words;
    returnNull: false;
  }
}
