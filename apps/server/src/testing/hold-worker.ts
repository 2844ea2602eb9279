/** Run as a program by tests that kill it: works on the jobs of a database, says when it begins, and stays. */
import { composeOn } from './compose-on.ts'

const [connection = '', home = ''] = process.argv.slice(2)
const loopback = process.env['DATONG_OUTBOUND_LOOPBACK']
await composeOn(connection, home, 'worker', loopback === undefined ? {} : { DATONG_OUTBOUND_LOOPBACK: loopback })
process.on('disconnect', () => process.exit())
process.stdout.write('working\n')
