import { defineConfig } from 'drizzle-kit';

/** `npx drizzle-kit generate --name what-changed` after a change in tables/; the result is committed. */
export default defineConfig({
  dialect: 'sqlite',
  schema: './edge/drivers/store/tables/*.ts',
  out: './edge/drivers/store/migrations',
});
