import { AppError } from '@datong/kernel'

/** Why a question in SQL is not taken; the code of its one issue. */
export type SqlRefusal = 'syntax' | 'not-one-select' | 'construct' | 'function' | 'operator' | 'type' | 'table' | 'column' | 'too-large' | 'failed'

/** @param message in English, for whoever writes SQL */
export const sqlRefused = (code: SqlRefusal, message: string): AppError =>
  new AppError('delivery/sql-refused', { reason: code }, [{ pointer: '/sql', code, message }])
