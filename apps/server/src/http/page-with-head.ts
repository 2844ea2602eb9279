import type { PageHead } from '../platform/page-head.ts'

const asText = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)

/** A page with its title and description replaced, and more in its head. The texts go in as they are, also when they look like patterns. */
export function withHead(page: string, { title, description, elements }: PageHead): string {
  return page
    .replace(/<title>([^<]*)<\/title>/, (_, site: string) => `<title>${asText(title)} · ${site}</title>`)
    .replace(/<meta name="description" content="[^"]*" ?\/?>/, () => `<meta name="description" content="${asText(description)}">`)
    .replace('</head>', () => `${elements.join('\n')}\n</head>`)
}
