import type { Entry } from '@datong/contracts'
import { useEffect } from 'react'
import { jsonLdOf } from './json-ld.ts'

const ELEMENT = 'dataset-json-ld'

/** Puts the description for search engines into the page's head while the data set is shown. */
export function useJsonLd(entry: Entry): void {
  useEffect(() => {
    if (entry.state !== 'published' || (entry.openingType !== 'open' && entry.openingType !== 'on-application')) return undefined
    // The server wrote one into the page that was opened first; what is shown now takes its place.
    document.getElementById(ELEMENT)?.remove()
    const script = document.createElement('script')
    script.type = 'application/ld+json'
    script.id = ELEMENT
    script.textContent = JSON.stringify(jsonLdOf(entry, location.origin))
    document.head.append(script)
    return () => script.remove()
  }, [entry])
}
