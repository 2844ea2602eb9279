import { likeExpression, likeParts } from '@datong/data-engine'

/**
 * SQL of `column like pattern` that takes time linear in the texts, and no more than a search where the pattern is one.
 * @param bind how a text stands in the statement
 */
export function likeCondition(column: string, pattern: string, bind: (text: string) => string): string {
  const parts = likeParts(pattern)
  const text = parts.map((part) => ('text' in part ? part.text : '')).join('')
  switch (parts.map((part) => ('text' in part ? 'text' : part.any)).join(' ')) {
    case '':
    case 'text':
      return `${column} = ${bind(text)}`
    case 'many':
    case 'text many':
      return `starts_with(${column}, ${bind(text)})`
    case 'many text':
      return `ends_with(${column}, ${bind(text)})`
    case 'many text many':
      return `contains(${column}, ${bind(text)})`
    default:
      return `regexp_full_match(${column}, ${bind(likeExpression(pattern))}, 's')`
  }
}
