// Reads the HTML of results strictly: only what they are made of may stand in it.

const PIECE = /<(\/?)(p|code|mark|span)((?: class="ag-[a-z0-9 -]*")?)>|&(amp|lt|gt|quot|#39|#\d+);|[^<>&"']+/gy;
const SIGNS = { amp: "&", lt: "<", gt: ">", quot: '"' };

/** The text of a result's HTML; throws where it holds a sign that is not escaped, or a tag that is not ours. */
export function textOfHtml(html) {
  const open = [];
  let text = "";
  let at = 0;
  PIECE.lastIndex = 0;
  for (let found; at < html.length && (found = PIECE.exec(html)); at = PIECE.lastIndex) {
    const [piece, slash, tag, attributes, sign] = found;
    if (slash && (attributes || open.pop() !== tag)) throw new Error(`${tag} is closed but not open: ${html}`);
    else if (tag && !slash) open.push(tag);
    else if (sign) text += SIGNS[sign] ?? String.fromCharCode(sign.slice(1));
    else if (!tag) text += piece;
  }
  if (at < html.length) throw new Error(`not escaped at ${at}: ${html}`);
  if (open.length) throw new Error(`${open} is not closed: ${html}`);
  return text;
}
