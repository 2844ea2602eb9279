/** Numbers that name one person, organisation or vehicle, whether or not the department marked them as identifier. */
const IDENTIFYING = new Set(['citizen-number', 'unified-credit-code', 'organisation-code', 'passport', 'plate'])

/** Whether rows are found by a field: part of the entry's identifier, or a number of a kind that names one person or thing. */
export const identifies = (identifier: boolean, recognizer: string | null): boolean => identifier || IDENTIFYING.has(recognizer ?? '')
