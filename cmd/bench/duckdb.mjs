// Runs the SQL of the standard input in DuckDB, in memory, and prints the rows
// of every SELECT, cells apart by tabs:
//   node duckdb.mjs THREADS <FILE.sql
import { readFileSync } from 'node:fs';
import { DuckDBInstance, StatementType } from '@duckdb/node-api';

const threads = process.argv[2];
const instance = await DuckDBInstance.create(':memory:', { threads });
const connection = await instance.connect();
const statements = await connection.extractStatements(readFileSync(0, 'utf8'));
for (let i = 0; i < statements.count; i++) {
	const statement = await statements.prepare(i);
	if (statement.statementType !== StatementType.SELECT) {
		await statement.run();
		continue;
	}
	const answer = await statement.runAndReadAll();
	for (const row of answer.getRows())
		console.log(row.map((cell) => cell ?? '').join('\t'));
}
