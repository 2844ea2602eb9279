import {
  GraphQLEnumType, type GraphQLFieldConfigMap, GraphQLInputObjectType, type GraphQLInputType, GraphQLInt, GraphQLList, GraphQLNonNull, GraphQLObjectType,
  GraphQLSchema, GraphQLString,
} from 'graphql'
import type { DeliveryPlan, PlanField } from '../plan/plan.ts'
import { operatorsOf } from '../rows/row-query.ts'
import type { GraphResource } from './graph-resource.ts'
import { DEFAULT_RELATED, DEFAULT_ROWS } from './limits.ts'
import { fieldNames, resourceName, typeName } from './names.ts'
import { objectsOf, type Reads, type RowObject } from './reads.ts'
import { type Relation, relationsOf } from './relations.ts'
import { MASKED, SCALARS } from './scalars.ts'
import { selectedNames } from './selection.ts'
import { pageQuery, type PageArguments } from './page-query.ts'

type Fields = GraphQLFieldConfigMap<RowObject, Reads>

/** GraphQL takes at most this many rows from one page, and from one relation of one row. */
const MAX_ROWS = 1_000
const MAX_RELATED_ROWS = 100

/**
 * The schema of one caller: a query for each granted resource, its fields under ASCII names with the Chinese ones in the
 * descriptions, and relations between resources that hold the same kind of number unmasked.
 */
export function graphSchema(resources: readonly GraphResource[]): GraphQLSchema {
  const conditions = createConditions()
  const relations = relationsOf(resources)
  const types = new Map<string, GraphQLObjectType<RowObject, Reads>>()
  for (const { plan } of resources) {
    types.set(plan.entryCode, new GraphQLObjectType<RowObject, Reads>({
      name: typeName(plan.entryCode), description: plan.title,
      fields: () => ({ ...valueFields(plan), ...relationFields(plan, relations.filter(({ from }) => from === plan), types) }),
    }))
  }
  const query = Object.fromEntries(resources.map(({ plan }) => [resourceName(plan.entryCode), pageField(plan, types.get(plan.entryCode)!, conditions, relations)])) // made above
  return new GraphQLSchema({ query: new GraphQLObjectType<unknown, Reads>({ name: 'Query', fields: query }) })
}

function valueFields(plan: DeliveryPlan): Fields {
  const names = fieldNames(plan)
  return Object.fromEntries([...plan.fields.values()].map((field) => [names.get(field.name)!, { // names has every field of the version
    type: field.mask === null ? SCALARS[field.schema.type] : MASKED, description: describe(field), resolve: (row: RowObject) => row[field.name] ?? null,
  }]))
}

const describe = ({ name, description, masking }: PlanField): string => [name, ...(description === '' ? [] : [description]), ...(masking === null ? [] : [`脱敏：${masking}`])].join(' · ')

/** Fields of the plan that a part of the query selects, with what its relations start from. */
function selectedFields(plan: DeliveryPlan, relations: readonly Relation[], selected: ReadonlySet<string>): PlanField[] {
  const names = fieldNames(plan)
  const starts = new Set(relations.filter(({ from, name }) => from === plan && selected.has(name)).map(({ by }) => by.name))
  return [...plan.fields.values()].filter((field) => selected.has(names.get(field.name)!) || starts.has(field.name)) // as above
}

function pageField(plan: DeliveryPlan, type: GraphQLObjectType, conditions: ReturnType<typeof createConditions>, relations: readonly Relation[]) {
  const names = fieldNames(plan)
  const prefix = typeName(plan.entryCode)
  const fields = [...plan.fields.values()]
  const sortable = fields.filter((field) => field.mask === null)
  const page = new GraphQLObjectType({
    name: `${prefix}Page`,
    fields: {
      items: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(type))) },
      nextCursor: { type: GraphQLString, description: 'Ask again with it for the next page' },
      version: { type: new GraphQLNonNull(GraphQLInt), description: 'Number of the data version' },
    },
  })
  // A masked field that does not identify can stand in no condition.
  const askable = fields.filter((field) => operatorsOf(field).length > 0)
  const where = askable.length === 0 ? undefined : new GraphQLInputObjectType({
    name: `${prefix}Where`, description: 'All conditions must hold',
    fields: Object.fromEntries(askable.map((field) => [names.get(field.name)!, { type: conditions(field), description: describe(field) }])), // as above
  })
  const order = sortable.length === 0 ? undefined : new GraphQLEnumType({
    name: `${prefix}Sort`,
    values: Object.fromEntries(sortable.flatMap(({ name }) => (['asc', 'desc'] as const).map((way) => [`${names.get(name)!}_${way}`, { value: { field: name, descending: way === 'desc' } }]))), // as above
  })
  return {
    type: page, description: plan.title,
    args: {
      ...(where === undefined ? {} : { where: { type: where } }),
      limit: { type: GraphQLInt, defaultValue: DEFAULT_ROWS, description: `1 to ${MAX_ROWS}` }, cursor: { type: GraphQLString },
      ...(order === undefined ? {} : { sort: { type: new GraphQLList(new GraphQLNonNull(order)) } }),
    },
    resolve: async (_: unknown, given: PageArguments, reads: Reads, info: Parameters<typeof selectedNames>[0]) => {
      const query = pageQuery(plan, given, selectedFields(plan, relations, selectedNames(info, ['items'])), MAX_ROWS)
      const found = await reads.page(plan, query)
      return { items: objectsOf(found), nextCursor: found.nextCursor, version: found.version }
    },
  }
}

function relationFields(plan: DeliveryPlan, relations: readonly Relation[], types: ReadonlyMap<string, GraphQLObjectType<RowObject, Reads>>): Fields {
  return Object.fromEntries(relations.map(({ name, by, to, at, all }) => [name, {
    type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(types.get(to.entryCode)!))), // a type for each resource
    description: `${to.title}：${at.name} = ${by.name}`,
    args: { limit: { type: GraphQLInt, defaultValue: DEFAULT_RELATED, description: `1 to ${MAX_RELATED_ROWS}` } },
    resolve: (row: RowObject, { limit }: { limit?: number | null }, reads: Reads, info: Parameters<typeof selectedNames>[0]) => {
      const query = pageQuery(to, { limit: limit ?? DEFAULT_RELATED }, selectedFields(to, all, selectedNames(info, [])), MAX_RELATED_ROWS)
      const key = JSON.stringify([plan.entryCode, name, query.limit, query.select.map((field) => field.name)])
      return reads.related(key, { plan: to, by: at, select: query.select, limit: query.limit }, row[by.name] ?? null)
    },
  }]))
}

/** Input types for conditions on fields, one for each kind of field. */
function createConditions(): (field: PlanField) => GraphQLInputObjectType {
  const made = new Map<string, GraphQLInputObjectType>()
  return (field) => {
    const { type } = field.schema
    const name = `${type[0]!.toUpperCase()}${type.slice(1)}${field.mask === null ? '' : 'Masked'}Condition` // types have letters
    let found = made.get(name)
    if (found === undefined) {
      const operands = operatorsOf(field).map((op): [string, { type: GraphQLInputType }] => [op, { type: op === 'in' ? new GraphQLList(new GraphQLNonNull(SCALARS[type])) : SCALARS[type] }])
      made.set(name, found = new GraphQLInputObjectType({ name, fields: Object.fromEntries(operands) }))
    }
    return found
  }
}
