import { AppError } from '@datong/kernel'
import type { Directory } from '../directory.ts'

/** @throws AppError `identity/organisation-merged` for one that has passed everything on: what is new belongs to its successor */
export function requireNotMerged({ directory }: { readonly directory: Pick<Directory, 'find'> }, code: string): void {
  const merger = directory.find(code)?.merger
  if (merger?.done === true) throw new AppError('identity/organisation-merged', { organisation: code, successor: merger.into })
}
