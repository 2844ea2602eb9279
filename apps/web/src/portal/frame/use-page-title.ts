import { useEffect, useRef } from 'react'
import { useLocation } from 'react-router'
import { useSiteName } from './use-site-name.ts'

/**
 * Names the browser tab, and after a move within the site puts the focus on the page's heading, so that a screen reader
 * reads where one is and the next Tab goes on from there. Call it once a page, with undefined while the title is not known.
 */
export function usePageTitle(title: string | undefined): void {
  const { site, known } = useSiteName()
  const { key, pathname } = useLocation()
  const focusedAt = useRef<string>(null)

  useEffect(() => {
    if (title !== undefined && known) document.title = title === '' ? site : `${title} · ${site}`
  }, [title, site, known])

  useEffect(() => {
    // `default` is the page that the browser itself opened: its focus is the browser's business.
    if (title === undefined || key === 'default' || focusedAt.current === pathname) return
    focusedAt.current = pathname
    const heading = document.querySelector<HTMLElement>('main h1')
    if (!heading) return
    heading.tabIndex = -1
    heading.focus({ preventScroll: true })
  }, [title, key, pathname])
}
