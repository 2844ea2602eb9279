import { Input, Modal } from 'antd'
import { useId, useState, type KeyboardEvent } from 'react'
import { useNavigate } from 'react-router'
import { useSession } from '../../shared/api/session.tsx'
import { useT } from '../../shared/i18n/use-t.ts'
import { useSuggestions } from '../../shared/search/use-suggestions.ts'
import { Ranged } from '../../shared/ui/ranged.tsx'
import { usable } from './nav.ts'

interface Hit {
  readonly group: 'pages' | 'entries' | 'queries'
  readonly to: string
  readonly text: string
  readonly aside: string
  readonly ranges?: readonly (readonly [number, number])[]
}

/** Ctrl-K: pages and catalogue entries by a few letters. */
export function Palette({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useT()
  return (
    <Modal open={open} onCancel={onClose} footer={null} closable={false} destroyOnHidden title={<span className="dt-visually-hidden">{t('shell.find')}</span>} width={560} style={{ top: 80 }}>
      <PaletteBody onClose={onClose} />
    </Modal>
  )
}

function PaletteBody({ onClose }: { readonly onClose: () => void }) {
  const { t } = useT()
  const { can } = useSession()
  const navigate = useNavigate()
  const listId = useId()
  const [words, setWords] = useState('')
  const [at, setAt] = useState(0)
  const suggestions = useSuggestions(words, undefined, 8)

  const pages = usable(can)
    .map((item): Hit => ({ group: 'pages', to: item.to, text: t(item.text), aside: '' }))
    .filter((hit) => hit.text.toLowerCase().includes(words.trim().toLowerCase()))
  const found = suggestions.map((one): Hit => (one.kind === 'entry'
    ? { group: 'entries', to: `/console/catalog/${one.code}`, text: one.title, aside: one.code, ranges: one.ranges }
    : { group: 'queries', to: `/console/catalog?${new URLSearchParams({ q: one.text })}`, text: one.text, aside: '' }))
  const hits = [...found, ...pages]
  const chosen = Math.min(at, hits.length - 1)

  const go = (hit: Hit | undefined): void => {
    if (!hit) return
    onClose()
    void navigate(hit.to)
  }
  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && hits.length > 0) {
      event.preventDefault()
      setAt((chosen + step + hits.length) % hits.length)
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) go(hits[chosen])
  }

  return (
    <>
      <Input
        autoFocus size="large" value={words} placeholder={t('shell.findHint')} aria-label={t('shell.find')}
        role="combobox" aria-expanded aria-controls={listId} aria-activedescendant={`${listId}-${chosen}`}
        onChange={(event) => { setWords(event.target.value); setAt(0) }}
        onKeyDown={onKey}
      />
      {hits.length === 0 && <p className="dt-secondary" style={{ padding: 12 }}>{t('shell.findNone')}</p>}
      <ul className="dt-palette-list" role="listbox" id={listId} aria-label={t('shell.find')}>
        {hits.map((hit, index) => (
          <li key={hit.to} role="presentation">
            {hits[index - 1]?.group !== hit.group && (
              <div className="dt-palette-group">{hit.group === 'pages' ? t('shell.findPages') : hit.group === 'queries' ? t('search.popular') : t('shell.findEntries')}</div>
            )}
            <div role="option" id={`${listId}-${index}`} aria-selected={index === chosen} onMouseMove={() => setAt(index)} onClick={() => go(hit)}>
              <span><Ranged text={hit.text} ranges={hit.ranges} /></span>
              <span className="dt-secondary dt-mono">{hit.aside}</span>
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}
