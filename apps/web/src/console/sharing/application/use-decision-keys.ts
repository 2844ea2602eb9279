import { useEffect, useEffectEvent, useState } from 'react'

const STORED_AS = 'datong.keys'

function stored(): boolean {
  try {
    return localStorage.getItem(STORED_AS) !== 'off'
  } catch {
    return true // storage is refused in some private windows
  }
}

/** Whether single keys act on this device; they can be turned off. @see WCAG 2.2, 2.1.4 */
export function useKeysOn(): readonly [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(stored)
  const change = (next: boolean): void => {
    setOn(next)
    try {
      localStorage.setItem(STORED_AS, next ? 'on' : 'off')
    } catch {
      // holds for this visit only
    }
  }
  return [on, change]
}

const typing = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable], [role=dialog], [role=combobox]') !== null

/** Single keys with their deeds; they rest while somebody types or a dialog is open. */
export function useDecisionKeys(keys: Readonly<Record<string, (() => void) | undefined>>, on: boolean): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector('.ant-modal-wrap:not([style*="display: none"])')) return
    const act = keys[event.key.toLowerCase()]
    if (!act) return
    event.preventDefault()
    act()
  })
  useEffect(() => {
    if (!on) return undefined
    const listen = (event: KeyboardEvent): void => onKey(event)
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [on])
}
