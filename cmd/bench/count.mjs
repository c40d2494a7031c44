// Counts the rows of every CSV file in a folder with DuckDB. The dialect is
// given, because the first thousands of rows do not show the quotes of later
// ones:
//   node count.mjs FOLDER THREADS
import { readdirSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const [folder, threads] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:', { threads });
const connection = await instance.connect();
for (const name of readdirSync(folder).filter((f) => f.endsWith('.csv')).sort()) {
	const answer = await connection.runAndReadAll(
		`select count(*) from read_csv('${folder}/${name}', header=true,
			delim=',', quote='"', escape='"')`);
	console.log(name, answer.getRows()[0][0]);
}
