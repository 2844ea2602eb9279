import { SearchOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { useEffect, useState } from 'react'

interface SearchBoxProps {
  readonly value: string | undefined
  readonly placeholder: string
  readonly onSearch: (value: string | undefined) => void
}

/** Search in a list; asks a moment after the last key, and at once on Enter. */
export function SearchBox({ value, placeholder, onSearch }: SearchBoxProps) {
  const [typed, setTyped] = useState(value ?? '')
  useEffect(() => {
    if (typed.trim() === (value ?? '')) return undefined
    const timer = setTimeout(() => onSearch(typed.trim() || undefined), 350)
    return () => clearTimeout(timer)
    // onSearch is new in each render; only the typed words start the timer
  }, [typed])
  return (
    <Input
      className="dt-filter-search" allowClear value={typed} placeholder={placeholder} aria-label={placeholder} prefix={<SearchOutlined aria-hidden />}
      maxLength={100} onChange={(event) => setTyped(event.target.value)} onPressEnter={() => onSearch(typed.trim() || undefined)}
    />
  )
}
