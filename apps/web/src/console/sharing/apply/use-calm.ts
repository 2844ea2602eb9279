import { useEffect, useState } from 'react'

/** A value that follows another when that has stood still for a while (ms): what is asked of a server while somebody types. */
export function useCalm<T>(value: T, ms = 500): T {
  const text = JSON.stringify(value)
  const [calm, setCalm] = useState({ text, value })
  useEffect(() => {
    const timer = setTimeout(() => setCalm((before) => (before.text === text ? before : { text, value })), ms)
    return () => clearTimeout(timer)
  }, [text, value, ms])
  return calm.value
}
