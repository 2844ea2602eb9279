/** What an IRI may hold beyond ASCII letters, digits and `%xx`. @see RFC 3987, section 2.2 */
const NOT_ALLOWED = /[^\w\-.~:/?#@!$&'()*+,;=%]/g

/**
 * An absolute address as a valid IRI: what may not stand in one is percent-encoded.
 * @returns undefined when it is not an absolute address at all
 */
export function iriOf(address: string): string | undefined {
  const url = URL.parse(address.trim().toWellFormed())
  if (url === null || url.href.endsWith(':')) return undefined
  const { href, host } = url
  // Brackets stand only around the digits of an IPv6 host.
  const from = host.startsWith('[') ? href.indexOf(host) + host.length : 0
  const [path, ...fragments] = href.slice(from).replace(/%(?![0-9a-f]{2})/gi, '%25').replace(NOT_ALLOWED, encodeURIComponent).split('#')
  return href.slice(0, from) + (path ?? '') + (fragments.length === 0 ? '' : `#${fragments.join('%23')}`)
}

/** The IRI of a part of something: a fragment, so that it is found where the whole is. */
export const partOf = (whole: string, part: string): string => `${whole}${whole.includes('#') ? '-' : '#'}${part}`
