import { useSyncExternalStore } from 'react'

const query = '(max-width: 760px)'

const subscribe = (notify: () => void): (() => void) => {
  const media = matchMedia(query)
  media.addEventListener('change', notify)
  return () => media.removeEventListener('change', notify)
}

/** Whether the page is too narrow for tables and side columns. */
export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => matchMedia(query).matches)
