import type { Command } from './command.js';

/** A command as help lists it. */
export interface Listed {
  name: string;
  summary: string;
  /** The lines after `Usage:`. */
  usage: string;
  /** Its code: most of them take less time than to load all of the edge. */
  load(): Promise<Command>;
}

export const COMMANDS: readonly Listed[] = [
  {
    name: 'serve',
    summary: 'runs the edge',
    usage: 'ccm serve [--config ccm.config.json] [--port 8787] [--host 127.0.0.1]',
    load: async () => (await import('./serve.js')).serveCommand,
  },
  {
    name: 'demo',
    summary: 'runs a demo platform with four ERP modules and opens it in the browser',
    usage: 'ccm demo [--port 8787] [--host 127.0.0.1] [--no-open]',
    load: async () => (await import('./demo.js')).demoCommand,
  },
  {
    name: 'token',
    summary: 'prints a token signed with CCM_JWT_SECRET, for trying things out',
    usage: 'ccm token --user ID --tenant ID [--roles a,b] [--permissions x.*,y] [--expires 1h] [--config ccm.config.json]',
    load: async () => (await import('./token.js')).tokenCommand,
  },
  {
    name: 'doctor',
    summary: 'looks whether all that serve needs is there, and says what to do about what is not',
    usage: 'ccm doctor [--config ccm.config.json]',
    load: async () => (await import('./doctor.js')).doctorCommand,
  },
  {
    name: 'migrate',
    summary: 'brings the database of CCM_DATABASE_URL up to date (serve does the same at its start)',
    usage: 'ccm migrate',
    load: async () => (await import('./migrate.js')).migrateCommand,
  },
  {
    name: 'keys',
    summary: 'seals all stored secrets anew under the first of CCM_FERNET_KEYS; may be stopped and begun again',
    usage: 'ccm keys rotate',
    load: async () => (await import('./keys.js')).keysCommand,
  },
  {
    name: 'backup',
    summary: 'copies the store of CCM_DATABASE_URL into a new file, also while an edge works with it',
    usage: 'ccm backup FILE',
    load: async () => (await import('./backup.js')).backupCommand,
  },
  {
    name: 'audit',
    summary: 'checks that nobody has changed the audit trail, also while an edge writes to it; ends with 1 where somebody has',
    usage: 'ccm audit verify [--head FILE_OR_JWS]',
    load: async () => (await import('./audit.js')).auditCommand,
  },
  {
    name: 'lint',
    summary: 'checks widgets, layouts, manifests of modules and the settings together; ends with 1 where one is at fault',
    usage: 'ccm lint FILE… [--strict] [--json]   (--strict: ends with 1 where there are warnings too)',
    load: async () => (await import('./lint.js')).lintCommand,
  },
  {
    name: 'create-widget',
    summary: 'writes a folder with a widget of your own that works as it is',
    usage: 'ccm create-widget NAME [--folder NAME]   (NAME: that of its element, such as acme-funnel)',
    load: async () => (await import('./create-widget.js')).createWidgetCommand,
  },
];
