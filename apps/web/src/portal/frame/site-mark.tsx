/** The platform's mark. */
export function SiteMark() {
  return (
    <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="4" fill="var(--dt-primary)" />
      <path d="M8 9h16M8 16h16M8 23h10" stroke="var(--dt-card)" strokeWidth="3" strokeLinecap="round" />
      <circle cx="24" cy="23" r="2.4" fill="var(--dt-card)" />
    </svg>
  )
}
