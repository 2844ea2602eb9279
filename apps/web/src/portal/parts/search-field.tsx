import { SearchOutlined } from '@ant-design/icons'
import { useId, useState, type FormEvent, type KeyboardEvent } from 'react'
import { useNavigate } from 'react-router'
import { useT } from '../../shared/i18n/use-t.ts'
import { type Suggestion, useSuggestions } from '../../shared/search/use-suggestions.ts'
import { Ranged } from '../../shared/ui/ranged.tsx'
import './search-field.css'

interface SearchFieldProps {
  /** Words that stand in it to begin with. */
  readonly initial?: string
  readonly placeholder?: string
  readonly autoFocus?: boolean
  /** Where to go with the words; the list of all data sets when not said. */
  readonly onSearch?: (words: string) => void
}

const MOST_SUGGESTED = 6

/** The search of the portal: Enter searches, the arrow keys walk through queries and data sets that fit what is typed so far. */
export function SearchField({ initial = '', placeholder, autoFocus = false, onSearch }: SearchFieldProps) {
  const { t } = useT()
  const navigate = useNavigate()
  const id = useId()
  const [typed, setTyped] = useState(initial)
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const suggestions = useSuggestions(open ? typed : '', 'public', MOST_SUGGESTED)
  const shown = open && suggestions.length > 0
  const go = (words: string): void => {
    if (onSearch) onSearch(words)
    else void navigate(words === '' ? '/datasets' : `/datasets?${new URLSearchParams({ q: words })}`)
  }
  const choose = (suggestion: Suggestion): void => {
    setOpen(false)
    if (suggestion.kind === 'entry') return void navigate(`/datasets/${suggestion.code}`)
    setTyped(suggestion.text)
    go(suggestion.text)
  }

  const search = (event: FormEvent): void => {
    event.preventDefault()
    setOpen(false)
    const chosen = suggestions[active]
    if (shown && chosen) choose(chosen)
    else go(typed.trim())
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return // the keys belong to the Chinese input method
    if (event.key === 'Escape') setOpen(false)
    if (!shown || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return
    event.preventDefault()
    const places = suggestions.length + 1 // the last place is the field itself
    setActive((at) => ((at + 1 + (event.key === 'ArrowDown' ? 1 : -1) + places) % places) - 1)
  }

  return (
    <form className="dtp-search" role="search" onSubmit={search}>
      <div className="dtp-search-box">
        <SearchOutlined className="dtp-search-icon" aria-hidden />
        <input
          type="search" name="q" value={typed} autoComplete="off" maxLength={1000} autoFocus={autoFocus} enterKeyHint="search"
          placeholder={placeholder ?? t('portal.searchHint')} aria-label={t('portal.searchLabel')}
          role="combobox" aria-expanded={shown} aria-controls={`${id}-list`} aria-autocomplete="list"
          aria-activedescendant={shown && active >= 0 ? `${id}-${active}` : undefined}
          onChange={(event) => {
            setTyped(event.target.value)
            setActive(-1)
            setOpen(true)
          }}
          onKeyDown={onKeyDown}
          onBlur={() => setOpen(false)}
        />
        <button type="submit">{t('common.search')}</button>
      </div>
      <ul id={`${id}-list`} role="listbox" aria-label={t('portal.suggestions')} className="dtp-suggestions" hidden={!shown}>
        {shown && suggestions.map((suggestion, index) => (
          <li
            key={suggestion.kind === 'entry' ? suggestion.code : `q ${suggestion.text}`} id={`${id}-${index}`} role="option" aria-selected={index === active}
            // The press comes before the field loses its focus, which closes the list.
            onMouseDown={(event) => {
              event.preventDefault()
              choose(suggestion)
            }}
          >
            {suggestion.kind === 'entry' ? <span lang="zh-CN"><Ranged text={suggestion.title} ranges={suggestion.ranges} /></span> : <span lang="zh-CN">{suggestion.text}</span>}
            <span className="dt-secondary">{t(suggestion.kind === 'entry' ? 'search.suggestedEntry' : 'search.suggestedQuery')}</span>
          </li>
        ))}
      </ul>
    </form>
  )
}
