import { SearchOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { useEffect, useEffectEvent, useRef, useState } from 'react'

interface SearchBoxProps {
  readonly value: string | undefined
  readonly placeholder: string
  readonly onSearch: (value: string | undefined) => void
}

/** Search in a list; asks a moment after the last key, and at once on Enter. Follows a search that was cleared elsewhere. */
export function SearchBox({ value = '', placeholder, onSearch }: SearchBoxProps) {
  const [typed, setTyped] = useState(value)
  const [seen, setSeen] = useState(value)
  if (value !== seen) {
    setSeen(value)
    if (value !== typed.trim()) setTyped(value)
  }
  // The address changes a moment after it was asked to. Asking twice would overtake a link that was followed meanwhile.
  const asked = useRef(value)
  const ask = useEffectEvent(() => {
    const words = typed.trim()
    if (words === value || words === asked.current) return
    asked.current = words
    onSearch(words || undefined)
  })
  useEffect(() => {
    asked.current = value
  }, [value])
  useEffect(() => {
    const timer = setTimeout(() => ask(), 350)
    return () => clearTimeout(timer)
  }, [typed])
  const askNow = (): void => {
    asked.current = typed.trim()
    onSearch(typed.trim() || undefined)
  }
  return (
    <Input
      className="dt-filter-search" allowClear value={typed} placeholder={placeholder} aria-label={placeholder} prefix={<SearchOutlined aria-hidden />}
      maxLength={100} onChange={(event) => setTyped(event.target.value)} onPressEnter={() => askNow()}
    />
  )
}
