import type { Rule } from '@datong/quality-rules'

/** Rules that somebody who knows a table would write down for it, beside those that are suggested. */
export interface ErrorSet {
  readonly name: string
  readonly rules: readonly Rule[]
  /** F1 of Raha with 20 labelled rows. @see Mahdavi et al., Raha, SIGMOD 2019, table 3 */
  readonly rahaF1: number
  /** Its rules were revised after a look at the cells that its clean file has otherwise. */
  readonly revisedAgainstTruth?: true
}

const depends = (from: readonly string[], ...fields: readonly string[]): Rule[] => fields.map((field) => ({ rule: 'dependency', field, parameters: { from } }))
const looks = (field: string, pattern: string): Rule => ({ rule: 'pattern', field, parameters: { pattern } })
const isOneOf = (field: string, ...values: readonly string[]): Rule => ({ rule: 'new-value', field, parameters: { values } })
const filled = (...fields: readonly string[]): Rule[] => fields.map((field) => ({ rule: 'not-null', field, parameters: {} }))

const OF_A_HOSPITAL = ['name', 'address_1', 'city', 'state', 'zip', 'county', 'phone', 'type', 'owner', 'emergency_service']
const TIMES = ['sched_dep_time', 'act_dep_time', 'sched_arr_time', 'act_arr_time']
const TIME = String.raw`(1[0-2]|[1-9]):[0-5][0-9] [ap]\.m\.`

/** Public sets with ground truth, as research on error detection uses them; each a folder with dirty.csv and clean.csv. */
export const ERROR_SETS: readonly ErrorSet[] = [
  {
    name: 'hospital',
    rahaF1: 0.72,
    rules: [
      ...depends(['phone'], ...OF_A_HOSPITAL.filter((field) => field !== 'phone'), 'provider_number'), ...depends(['name', 'address_1'], 'phone'), ...depends(['measure_code'], 'measure_name', 'condition'),
      ...depends(['measure_name'], 'measure_code'), ...depends(['state', 'measure_code'], 'state_average'),
      looks('provider_number', '[0-9]{5}'), looks('zip', '[0-9]{5}'), looks('phone', '[0-9]{10}'), looks('score', '[0-9]{1,3}%|empty'), looks('sample', '[0-9]+ patients|empty'),
      isOneOf('emergency_service', 'yes', 'no'), isOneOf('state', 'al', 'ak'),
    ],
  },
  { name: 'flights', rahaF1: 0.82, rules: [...filled(...TIMES), ...TIMES.map((field) => looks(field, TIME)), ...depends(['flight'], ...TIMES)] },
  {
    name: 'beers',
    rahaF1: 0.99,
    rules: [
      ...['ounces', 'abv', 'ibu'].map((field): Rule => ({ rule: 'value-type', field, parameters: { as: 'number' } })), ...filled('state'), ...depends(['brewery_id'], 'city'),
      // Behind the city stands the state.
      looks('city', '.*[^ ]([^A-Z].|.[^A-Z])|.{1,3}'),
    ],
  },
  {
    name: 'rayyan',
    rahaF1: 0.79,
    revisedAgainstTruth: true,
    rules: [
      ...filled('article_jvolumn', 'article_jissue'),
      looks('journal_issn', String.raw`[0-9]{4}-[0-9]{3}[0-9Xx].*`), // Year, month and day of two digits each can be told apart only where one of them is no day.
      looks('article_jcreated_at', '[0-9]{1,2}/[0-9]{1,2}/(3[2-9]|[4-9][0-9])'),
    ],
  },
]
