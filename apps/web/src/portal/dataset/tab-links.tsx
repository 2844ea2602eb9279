import { useEffect, useRef } from 'react'
import { Link, useSearchParams } from 'react-router'

interface TabLinksProps<T extends string> {
  readonly label: string
  readonly tabs: readonly { readonly key: T; readonly text: string }[]
  readonly active: T
}

/** The sides of a data set as links, so that each can be opened beside the others, shared, and found by Back. */
export function TabLinks<T extends string>({ label, tabs, active }: TabLinksProps<T>) {
  const [params] = useSearchParams()
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    // On narrow screens the row scrolls; what is open is brought into sight without moving the page.
    const link = list.current?.querySelector<HTMLElement>('[aria-current]')
    if (list.current && link) list.current.scrollLeft = link.offsetLeft - (list.current.clientWidth - link.offsetWidth) / 2
  }, [active])
  const address = (tab: T): string => {
    const next = new URLSearchParams(params)
    next.set('tab', tab)
    return `?${next}`
  }
  return (
    <nav aria-label={label} className="dtp-tabs">
      <ul ref={list}>
        {tabs.map(({ key, text }) => (
          <li key={key}><Link to={address(key)} preventScrollReset aria-current={key === active ? 'true' : undefined}>{text}</Link></li>
        ))}
      </ul>
    </nav>
  )
}
