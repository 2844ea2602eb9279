import { AppError } from '@datong/kernel'

/** Why the query of a view is not taken; the code of its one issue. */
export type ViewRefusal = 'syntax' | 'not-one-select' | 'construct' | 'function' | 'operator' | 'type' | 'table' | 'column' | 'too-large' | 'engine'

/** @param message in English, for whoever writes SQL */
export const viewRefused = (code: ViewRefusal, message: string): AppError =>
  new AppError('collection/view-refused', { reason: code }, [{ pointer: '/sql', code, message }])
