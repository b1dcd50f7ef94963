# Turns records into JSON, one value per line of input:
#   { KEY and [ KEY open, } and ] close; s KEY TEXT, n KEY NUMBER, b KEY 0|1, z KEY (null). In a list the key is `-`.
# Firmware strings may hold anything: quotes, control characters, broken UTF-8. What comes out is always valid JSON.
BEGIN {
  for (code = 1; code < 256; code++) ordinal[sprintf("%c", code)] = code
  depth = 0
}

{
  space = index($0, " ")
  kind = space ? substr($0, 1, space - 1) : $0
  rest = space ? substr($0, space + 1) : ""
  if (kind == "}" || kind == "]") {
    depth--
    printf "%s", kind
    next
  }
  space = index(rest, " ")
  key = space ? substr(rest, 1, space - 1) : rest
  value = space ? substr(rest, space + 1) : ""
  printf "%s%s", members[depth]++ ? "," : "", key == "-" ? "" : quote(key) ":"
  if (kind == "{" || kind == "[") {
    members[++depth] = 0
    printf "%s", kind
  } else printf "%s", scalar(kind, value)
}

END { print "" }

function scalar(kind, value) {
  if (kind == "s") return quote(trim(value))
  if (kind == "n") return value ~ /^(0|-?[1-9][0-9]*)$/ ? value : "null"
  if (kind == "b") return value == 1 ? "true" : "false"
  return "null"
}

function trim(text) {
  gsub(/^[ \t]+|[ \t\r]+$/, "", text)
  return substr(text, 1, 512)
}

function quote(text,    out, i, byte, code, size) {
  out = ""
  for (i = 1; i <= length(text); i += size) {
    byte = substr(text, i, 1)
    code = ordinal[byte]
    size = 1
    if (byte == "\"" || byte == "\\") out = out "\\" byte
    else if (code < 32 || code == 127) out = out sprintf("\\u%04x", code)
    else if (code < 128) out = out byte
    else if ((size = sequence(text, i, code)) > 0) out = out substr(text, i, size)
    else {
      out = out "\\ufffd"
      size = 1
    }
  }
  return "\"" out "\""
}

# The length of the UTF-8 sequence that starts here, 0 when it is not well-formed (RFC 3629: no overlong forms, no surrogates).
function sequence(text, at, lead,    size, low, high, i, next_code) {
  if (lead >= 194 && lead <= 223) size = 2
  else if (lead >= 224 && lead <= 239) size = 3
  else if (lead >= 240 && lead <= 244) size = 4
  else return 0
  for (i = 1; i < size; i++) {
    next_code = ordinal[substr(text, at + i, 1)]
    low = 128
    high = 191
    if (i == 1 && lead == 224) low = 160
    if (i == 1 && lead == 237) high = 159
    if (i == 1 && lead == 240) low = 144
    if (i == 1 && lead == 244) high = 143
    if (next_code < low || next_code > high) return 0
  }
  return size
}
