// node duckdb.mjs TOOLS DATA ROUNDS COUNTS: DuckDB on the tables of DATA, one thread. Prints `load SECONDS`, then
// `query SECONDS` for each round, and writes what it counted to COUNTS. TOOLS is where npm put @duckdb/node-api.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [tools, data, rounds, counts] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(`${tools}/`)('@duckdb/node-api');
const read = (name) => readFileSync(new URL(name, import.meta.url), 'utf8');

const query = read('rewritten.sql') + read('counting.sql');

async function seconds(work) {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
const connection = await instance.connect();
await connection.run('CREATE MACRO matches(value, pattern) AS regexp_matches(value, pattern)');
const load = await seconds(async () => {
  await connection.run(read('tables.sql'));
  for (const table of ['records', 'sites']) {
    await connection.run(
      `COPY ${table} FROM '${data}/${table}.tsv' (FORMAT csv, DELIMITER '\t', HEADER false, QUOTE '', ESCAPE '', NULLSTR '\\N')`);
  }
});
console.log(`load ${load}`);
for (let i = 0; i < Number(rounds); ++i) {
  console.log(`query ${await seconds(() => connection.runAndReadAll(query))}`);
}
await connection.run(`COPY (${query}) TO '${counts}' (FORMAT csv, DELIMITER '\t', HEADER false)`);
