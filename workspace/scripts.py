"""The governor's two scripts. Redis runs each whole, so two workers never take the same permit.

A window's hash: `limit`; `ends` and `began` (ms); `sure` once Braze has stated the end; `window`, its mark, which no
other window ever had, not even before a flush;
`taken` permits, `reads` among them, `answered` of them; `seen`, the most that Braze has said to have counted;
`closed`, until when a 429 forbids all.

What is used: Braze has counted `seen`, and those of our calls without an answer may come on top.
"""

from __future__ import annotations

from typing import Final

_OPEN: Final = """
local key = KEYS[1]
local now = tonumber(ARGV[1])
local function num(name, default)
  return tonumber(redis.call('HGET', key, name)) or default
end
local function renew(ends, sure)
  redis.call('HSET', key, 'ends', ends, 'began', now, 'sure', sure,
    'window', math.max(now, num('window', 0) + 1), 'taken', 0, 'reads', 0, 'answered', 0, 'seen', 0)
end
"""

#: now, wanted, purpose, limit, length in ms, read share in %, send reserve in %, kept seconds
#: -> granted, ms to wait, window
TAKE: Final = (
    _OPEN
    + """
local wanted, purpose, length = tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[5])
if num('ends', 0) <= now then
  renew((math.floor(now / length) + 1) * length, 0)
end
redis.call('EXPIRE', key, ARGV[8])
local closed = num('closed', 0)
if closed > now then return {0, closed - now, num('window', 0)} end
local limit, ends, taken = num('limit', tonumber(ARGV[4])), num('ends', 0), num('taken', 0)
local used = math.max(taken, num('seen', 0) + math.max(0, taken - num('answered', 0)))
local left, wait = limit - used, ends - now
if purpose == 'send' then
  -- What the readers do not want is the senders' in the last quarter of the window.
  local late = ends - (ends - num('began', now)) / 4
  if now < late and left > 0 then
    left = left - math.max(0, math.floor(limit * tonumber(ARGV[6]) / 100) - num('reads', 0))
    wait = late - now
  end
elseif purpose == 'read' then
  left = math.min(left, math.floor(limit * (100 - tonumber(ARGV[7])) / 100) - num('reads', 0))
end
local granted = math.max(0, math.min(wanted, left))
if granted > 0 then
  redis.call('HINCRBY', key, 'taken', granted)
  if purpose == 'read' then redis.call('HINCRBY', key, 'reads', granted) end
elseif limit > used or taken > num('answered', 0) then
  wait = math.min(wait, 1000)  -- answers on their way may show that more is left
end
return {granted, math.ceil(wait), num('window', 0)}
"""
)

#: now, window, answered, unused, limit, remaining, seconds until the reset, kept seconds
OBSERVE: Final = (
    _OPEN
    + """
local window, answered, unused = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local limit, remaining, resets_in = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
if window == num('window', 0) then
  redis.call('HINCRBY', key, 'answered', answered)
  redis.call('HINCRBY', key, 'taken', -math.min(unused, num('taken', 0)))
end
redis.call('EXPIRE', key, ARGV[8])
if not limit or not remaining then return {0, 0, 0} end
redis.call('HSET', key, 'limit', limit)
local stated, ends = now + math.ceil((resets_in or 0) * 1000), num('ends', 0)
if window ~= num('window', 0) and stated - num('began', 0) < 2500 then
  return {0, 0, 0}  -- a late answer: its window ended when this one began, or it does not say which it was
end
if resets_in then
  local same = math.abs(stated - ends) < 2500
  if num('sure', 0) == 0 or same then
    -- The Date header is cut to seconds: the latest end that was stated is the safe one.
    redis.call('HSET', key, 'sure', 1, 'ends', same and math.max(stated, ends) or stated)
  elseif stated > ends then
    renew(stated, 1)  -- Braze is in its next window already
  else
    return {0, 0, 0}  -- a late answer, of the window before
  end
end
redis.call('HSET', key, 'seen', math.max(num('seen', 0), limit - remaining))
return {0, 0, 0}
"""
)
