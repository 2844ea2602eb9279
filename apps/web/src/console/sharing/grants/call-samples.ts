interface SampleInput {
  readonly origin: string
  readonly code: string
  readonly fields: readonly string[]
}

/** How to call for rows in three languages; the key stays out of the text and in the environment. */
export function callSamples({ origin, code, fields }: SampleInput): readonly { id: 'curl' | 'python' | 'javascript'; text: string }[] {
  const select = fields.slice(0, 3).join(',')
  const url = `${origin}/data/v1/${code}/rows`
  return [
    {
      id: 'curl',
      text: `curl -G '${url}' \\\n  --data-urlencode 'select=${select.replaceAll("'", "'\\''")}' --data 'limit=20' \\\n  -H "Authorization: Bearer $DATONG_KEY" -i`,
    },
    {
      id: 'python',
      text: `import os, requests\n\nanswer = requests.get(\n    ${JSON.stringify(url)},\n    params={"select": ${JSON.stringify(select)}, "limit": 20},\n    headers={"Authorization": f"Bearer {os.environ['DATONG_KEY']}"},\n)\nanswer.raise_for_status()\nprint(answer.json()["items"], answer.headers.get("Datong-Evidence"))`,
    },
    {
      id: 'javascript',
      text: `const query = new URLSearchParams({ select: ${JSON.stringify(select)}, limit: '20' })\nconst answer = await fetch(\`${url}?\${query}\`, {\n  headers: { Authorization: \`Bearer \${process.env.DATONG_KEY}\` },\n})\nconst { items, nextCursor } = await answer.json()\nconsole.log(items, answer.headers.get('Datong-Evidence'))`,
    },
  ]
}
