import { access, constants, mkdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { listenFailure, StartFailure } from './start-failure.ts'

/** Makes the home folder when it is missing. @throws StartFailure when it cannot be written to */
export async function prepareHome(home: string): Promise<void> {
  try {
    // Others may pass through to their own folders inside (the database runs under another account), but not look around.
    await mkdir(home, { recursive: true, mode: 0o711 })
    await access(home, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOSPC') throw error
    throw new StartFailure(`The folder ${home} cannot be used (${String(code ?? error)}); choose another DATONG_HOME.`, { cause: error })
  }
}

/** Finds out before anything is started whether the address is free. @throws StartFailure */
export async function requireFreePort(host: string, port: number): Promise<void> {
  if (port === 0) return
  await new Promise<void>((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => reject(listenFailure(error, host, port)))
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve()))
  })
}
