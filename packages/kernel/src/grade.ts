/** Grades of data from least to most protected: 公开 内部 秘密 机密. @see GB/T 43697 */
export const GRADES = ['public', 'internal', 'secret', 'top-secret'] as const
export type Grade = (typeof GRADES)[number]

/** The stricter of two grades. */
export const stricter = (a: Grade, b: Grade): Grade => (GRADES.indexOf(a) >= GRADES.indexOf(b) ? a : b)
