#include "live/muted_words.hpp"

#include <algorithm>
#include <cassert>
#include <span>

#include "live/folded.hpp"
#include "live/muted/common.hpp"

namespace geili::live {
namespace {

// Letters that stand alone: this many are a word in pieces.
constexpr std::size_t kPiecesMin = 3;
// How many single letters before or behind a word in pieces may belong to others (I am a i d i o
// t).
constexpr std::size_t kStraysMax = 3;

bool is_letter_like(char32_t c) {
  return is_word_sign(c) || c == U'@' || c == U'$';
}

struct Token {
  std::u32string text;
  bool is_joined = false;  // by one sign, without a space, to the one before
};

std::vector<Token> tokens_of(const std::u32string& text) {
  std::vector<Token> tokens;
  std::size_t last_end = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_letter_like(text[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    const auto goes_on = [&] {
      if (at >= text.size()) return false;
      if (is_letter_like(text[at])) return true;
      return text[at] == U'!' && at + 1 < text.size() && is_word_sign(text[at + 1]);
    };
    while (goes_on()) ++at;
    const bool is_joined = !tokens.empty() && begin == last_end + 1 && text[last_end] != U' ' &&
                           text[last_end] != U',';
    tokens.push_back({text.substr(begin, at - begin), is_joined});
    last_end = at;
  }
  return tokens;
}

char32_t letter_for(char32_t c, char32_t one) {
  switch (c) {
    case U'0':
      return U'o';
    case U'1':
    case U'!':
      return one;
    case U'3':
      return U'e';
    case U'4':
    case U'@':
      return U'a';
    case U'5':
    case U'$':
      return U's';
    case U'7':
      return U't';
    default:
      return c;
  }
}

// Signs read as letters; as it is where nothing in it is a letter (prices).
std::u32string with_letters(const std::u32string& word, char32_t one) {
  const auto is_letter = [](char32_t c) { return is_word_sign(c) && !(c >= U'0' && c <= U'9'); };
  if (std::ranges::none_of(word, is_letter)) return word;
  std::u32string out = word;
  for (char32_t& c : out) c = letter_for(c, one);
  return out;
}

// Runs of three or more of a sign are `kept` of it.
std::u32string drawn_in(const std::u32string& word, std::size_t kept) {
  std::u32string out;
  for (std::size_t at = 0; at < word.size();) {
    std::size_t end = at;
    while (end < word.size() && word[end] == word[at]) ++end;
    out.append(end - at >= 3 ? kept : end - at, word[at]);
    at = end;
  }
  return out;
}

// A sentence's end parts what stands before from what follows; other signs do not.
bool is_parting(char32_t c) {
  constexpr std::u32string_view kParting = U",!?;:。、\n";
  return kParting.contains(c);
}

// What a word of an unspaced script is looked for in, and as.
std::u32string fragment_of(const std::u32string& text) {
  std::u32string out;
  for (const char32_t c : text) {
    if (is_word_sign(c) || is_parting(c)) out.push_back(c);
  }
  const auto first = std::ranges::find_if_not(out, is_parting);
  out.erase(out.begin(), first);
  while (!out.empty() && is_parting(out.back())) out.pop_back();
  return out;
}

std::u32string spaced(const std::vector<Token>& tokens, char32_t one) {
  std::u32string out = U" ";
  for (const Token& token : tokens) {
    out += one == 0 ? token.text : with_letters(token.text, one);
    out.push_back(U' ');
  }
  return out;
}

// The tokens of each stretch that `belongs` holds together, `visit`ed until it says true.
template <class Belongs, class Visit>
bool any_stretch(const std::vector<Token>& tokens, Belongs belongs, Visit visit) {
  for (std::size_t begin = 0; begin < tokens.size();) {
    std::size_t end = begin + 1;
    while (end < tokens.size() && belongs(tokens[end - 1], tokens[end])) ++end;
    if (visit(std::span(tokens).subspan(begin, end - begin))) return true;
    begin = end;
  }
  return false;
}

std::u32string joined(std::span<const Token> tokens) {
  std::u32string out;
  for (const Token& token : tokens) out += token.text;
  return out;
}

}  // namespace

MutedWords::MutedWords(const std::vector<std::string>& own, Common common) {
  assert(own.size() <= kMutedWordsMax);
  for (const std::string& word : own) add(word);
  if (common == Common::without) return;
  for (const auto words : {muted::english(), muted::chinese(), muted::spanish(), muted::french()}) {
    for (const std::string_view word : words) add(word);
  }
}

void MutedWords::add(std::string_view word) {
  const std::u32string text = folded(word);
  const std::vector<Token> tokens = tokens_of(text);
  if (tokens.empty()) {
    if (text.find_first_not_of(U' ') != std::u32string::npos) signs_.push_back(text);
  } else if (std::ranges::any_of(text, is_unspaced)) {
    fragments_.push_back(fragment_of(text));
  } else if (tokens.size() == 1) {
    words_.insert(tokens.front().text);
  } else {
    phrases_.push_back(spaced(tokens, 0));
  }
}

bool MutedWords::has_word(const std::u32string& word) const {
  for (const char32_t one : {U'\0', U'i', U'l'}) {
    const std::u32string read = one == 0 ? word : with_letters(word, one);
    if (words_.contains(read) || words_.contains(drawn_in(read, 1)) ||
        words_.contains(drawn_in(read, 2))) {
      return true;
    }
  }
  return false;
}

bool MutedWords::match(std::string_view said) const {
  const std::u32string text = folded(said);
  const auto is_in = [](const std::u32string& hay) {
    return [&](const std::u32string& needle) { return hay.contains(needle); };
  };
  if (std::ranges::any_of(signs_, is_in(text))) return true;
  if (std::ranges::any_of(fragments_, is_in(fragment_of(text)))) return true;

  const std::vector<Token> tokens = tokens_of(text);
  if (std::ranges::any_of(tokens, [&](const Token& token) { return has_word(token.text); })) {
    return true;
  }
  for (const char32_t one : {U'\0', U'i', U'l'}) {
    if (std::ranges::any_of(phrases_, is_in(spaced(tokens, one)))) return true;
  }
  const auto are_joined = [](const Token&, const Token& next) { return next.is_joined; };
  const auto is_muted = [&](std::span<const Token> stretch) { return has_word(joined(stretch)); };
  if (any_stretch(tokens, are_joined, is_muted)) return true;

  const auto are_pieces = [](const Token& before, const Token& next) {
    return before.text.size() == 1 && next.text.size() == 1;
  };
  return any_stretch(tokens, are_pieces, [&](std::span<const Token> stretch) {
    for (std::size_t first = 0; first <= kStraysMax; ++first) {
      for (std::size_t after = 0; after <= kStraysMax; ++after) {
        if (stretch.size() < kPiecesMin + first + after) break;
        if (is_muted(stretch.subspan(first, stretch.size() - first - after))) return true;
      }
    }
    return false;
  });
}

}  // namespace geili::live
