/** Numbers that name one person, organisation or vehicle, whether or not the department marked them as identifier. */
const IDENTIFYING = new Set(['citizen-number', 'unified-credit-code', 'organisation-code', 'passport', 'plate'])

/** Numbers of which everybody has his own. */
const OF_ONE_PERSON = new Set(['citizen-number', 'passport'])
const NAMING_PERSONS = new Set([...OF_ONE_PERSON, 'bank-card', 'phone', 'email', 'plate', 'person-name'])

/** Whether a value of such a field points to one person, though it stand in many rows. */
export const namesPersons = (recognizer: string | null): boolean => NAMING_PERSONS.has(recognizer ?? '')

/** Whether different persons have different values of such a field, and the same person the same. */
export const tellsPersonsApart = (recognizer: string | null): boolean => OF_ONE_PERSON.has(recognizer ?? '')

/** Whether rows are found by a field: part of the entry's identifier, or a number of a kind that names one person or thing. */
export const identifies = (identifier: boolean, recognizer: string | null): boolean => identifier || IDENTIFYING.has(recognizer ?? '')
