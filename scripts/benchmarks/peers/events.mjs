// What a Node SDK does: every page in turn, one event at a time.
const base = process.env.MITTR_BASE_URL;
const headers = { "X-API-Key": process.env.MITTR_API_KEY };

export async function* iterate() {
  let cursor;
  do {
    const query = new URLSearchParams({ limit: "100", ...(cursor && { cursor }) });
    const response = await fetch(`${base}/api/v1/events?${query}`, { headers });
    if (!response.ok) throw new Error(`status ${response.status}`);
    const page = await response.json();
    yield* page.data;
    cursor = page.pagination.hasMore ? page.pagination.cursor : undefined;
  } while (cursor);
}

export async function replay(id) {
  const response = await fetch(`${base}/api/v1/events/${id}/replay`, { method: "POST", headers });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
}
