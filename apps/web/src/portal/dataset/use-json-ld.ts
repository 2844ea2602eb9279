import type { Entry } from '@datong/contracts'
import { useEffect } from 'react'
import { jsonLdOf } from './json-ld.ts'

/** Puts the description for search engines into the page's head while the data set is shown. */
export function useJsonLd(entry: Entry): void {
  useEffect(() => {
    if (entry.state !== 'published' || (entry.openingType !== 'open' && entry.openingType !== 'on-application')) return undefined
    const script = document.createElement('script')
    script.type = 'application/ld+json'
    script.textContent = JSON.stringify(jsonLdOf(entry, location.origin))
    document.head.append(script)
    return () => script.remove()
  }, [entry])
}
