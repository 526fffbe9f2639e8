#include "media/egress/record/library.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "media/egress/record/section_scan.hpp"

namespace geili::media::record {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kLoadedMax = 8;  // indexes in memory of recordings that are not live
constexpr std::int64_t kSyncEveryUs = 5'000'000;
constexpr std::uint64_t kFragmentHeadersMax = 64'000;

std::unexpected<Error> no_recording() {
  return fail(ErrorKind::not_found, "recording-not-found", "There is no recording of this show.");
}

std::optional<ShowId> show_of(const fs::path& folder) {
  const auto id = parse_id(folder.filename().string());
  if (!id) return std::nullopt;
  return ShowId{*id};
}

// The number in "s0001.mp4".
std::optional<unsigned> section_of(const fs::path& file) {
  const std::string name = file.filename().string();
  if (!name.starts_with('s') || file.extension() != ".mp4") return std::nullopt;
  const std::string_view digits = std::string_view(name).substr(1, name.size() - 5);
  unsigned number = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (fault != std::errc{} || end != digits.data() + digits.size() || number == 0) {
    return std::nullopt;
  }
  return number;
}

std::string index_path(std::string section_path) {
  section_path.replace(section_path.size() - 3, 3, "idx");
  return section_path;
}

void keep_index(const std::string& section_path, const SectionIndex& index) {
  const std::string path = index_path(section_path);
  const std::string half = path + ".new";
  std::ofstream(half, std::ios::binary) << encode_index(index);
  std::error_code failed;
  fs::rename(half, path, failed);  // without it the section is scanned the next time
}

std::optional<SectionIndex> kept_index(const std::string& section_path) {
  std::ifstream file(index_path(section_path), std::ios::binary);
  if (!file) return std::nullopt;
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  auto index = decode_index(as_bytes(text));
  std::error_code failed;
  if (!index || index->bytes() != fs::file_size(section_path, failed) || failed) {
    return std::nullopt;
  }
  return *std::move(index);
}

// By its index, or by looking at it; what is torn is cut off. None when there is nothing to play.
std::optional<SectionIndex> mended_section(const std::string& path) {
  if (auto index = kept_index(path)) return index;
  auto scan = scan_section(*open_source(path));
  if (!scan || scan->index.fragments.empty()) return std::nullopt;
  if (scan->torn) fs::resize_file(path, scan->index.bytes());
  keep_index(path, scan->index);
  return std::move(scan->index);
}

// What a clip that was interrupted has left.
void remove_halves(const std::string& folder) {
  std::error_code failed;
  std::vector<fs::path> halves;
  for (const auto& file : fs::directory_iterator(folder, failed)) {
    if (file.path().extension() != ".mp4") halves.push_back(file.path());
  }
  for (const fs::path& half : halves) fs::remove(half, failed);
}

std::uint64_t bytes_below(const std::string& folder) {
  std::uint64_t bytes = 0;
  std::error_code failed;
  for (const auto& file : fs::directory_iterator(folder, failed)) {
    if (file.is_regular_file()) bytes += file.file_size();
  }
  return bytes;
}

}  // namespace

Library::Library(RecordSettings settings, const Clock& clock, Disk& disk, Told told)
    : settings_(std::move(settings)), clock_(clock), disk_(disk), told_(std::move(told)) {}

std::string Library::folder(ShowId show) const {
  return settings_.dir + "/" + std::to_string(show.value);
}
std::string Library::section_file(ShowId show, unsigned number) const {
  return fmt::format("{}/s{:04}.mp4", folder(show), number);
}

std::vector<RecordingSummary> Library::open() {
  fs::create_directories(settings_.dir);
  std::vector<ShowId> shows;
  for (const auto& found : fs::directory_iterator(settings_.dir)) {
    const auto show = show_of(found.path());
    if (show && found.is_directory()) shows.push_back(*show);
  }
  std::vector<RecordingSummary> summaries;
  for (const ShowId show : shows) {
    if (take_in(show)) {
      summaries.push_back(entries_[show].summary);
    } else {
      fs::remove_all(folder(show));
    }
  }
  return summaries;
}

// False when nothing of it can be played.
bool Library::take_in(ShowId show) {
  Entry entry;
  entry.summary.show = show;
  load(show, entry);
  if (entry.recording->sections().empty()) return false;
  remove_halves(folder(show) + "/clips");
  entry.clip_bytes = bytes_below(folder(show) + "/clips");
  bytes_ += entry.summary.bytes + entry.clip_bytes;
  entry.recording.reset();
  entries_[show] = std::move(entry);
  return true;
}

void Library::load(ShowId show, Entry& entry) {
  std::vector<unsigned> numbers;
  std::error_code none_yet;
  for (const auto& file : fs::directory_iterator(folder(show), none_yet)) {
    if (const auto number = section_of(file.path())) numbers.push_back(*number);
  }
  std::ranges::sort(numbers);
  entry.recording = std::make_unique<Recording>();
  for (const unsigned number : numbers) {
    entry.last_section = number;
    const std::string path = section_file(show, number);
    if (auto index = mended_section(path)) {
      entry.recording->add(number, std::move(*index));
    } else {
      fs::remove(path);
    }
  }
  if (entry.recording->sections().empty()) return;
  entry.summary.started_at = entry.recording->started_at();
  entry.summary.ended_at = entry.recording->ended_at();
  entry.summary.duration_us = entry.recording->duration_us();
  entry.summary.bytes = entry.recording->bytes();
}

Result<const Recording*> Library::find(ShowId show) {
  const auto found = entries_.find(show);
  if (found == entries_.end() || found->second.summary.bytes == 0) return no_recording();
  Entry& entry = found->second;
  entry.used_at = ++uses_;
  if (!entry.recording) {
    load(show, entry);
    forget_unused();
  }
  if (entry.recording->sections().empty()) return no_recording();
  return entry.recording.get();
}

void Library::forget_unused() {
  std::vector<Entry*> loaded;
  for (auto& [show, entry] : entries_) {
    if (entry.recording && !entry.summary.live) loaded.push_back(&entry);
  }
  if (loaded.size() <= kLoadedMax) return;
  (*std::ranges::min_element(loaded, {}, &Entry::used_at))->recording.reset();
}

Result<RecordingSummary> Library::summary(ShowId show) const {
  const auto found = entries_.find(show);
  if (found == entries_.end() || found->second.summary.bytes == 0) return no_recording();
  return found->second.summary;
}

Result<std::string> Library::section_path(ShowId show, unsigned number) const {
  const auto found = entries_.find(show);
  if (found == entries_.end() || number > found->second.last_section) return no_recording();
  return section_file(show, number);
}

Result<void> Library::append(ShowId show, const CutFragment& fragment) {
  Entry& entry = entries_[show];
  entry.summary.show = show;
  if (!entry.recording) load(show, entry);
  const bool is_new = entry.summary.bytes == 0;
  const bool begins = !std::exchange(entry.summary.live, true);
  if (entry.waits_for_key && !fragment.independent) {
    return fail(ErrorKind::unavailable, "record-waits", "The recording waits for a key frame.");
  }
  auto written = write(show, entry, fragment);
  entry.waits_for_key = !written;
  if (written && (is_new || begins)) tell(entry, RecordingEvent::Kind::begun);
  return written;
}

Result<void> Library::write(ShowId show, Entry& entry, const CutFragment& fragment) {
  if (!make_room(fragment.bytes + kFragmentHeadersMax)) {
    return fail(ErrorKind::unavailable, "record-quota", "There is no room for recordings.");
  }
  if (entry.writer && !entry.writer->fits(fragment)) close_section(show, entry);
  if (!entry.writer) {
    if (auto opened = open_section(show, entry, fragment); !opened) return opened;
  }
  const auto written = entry.writer->append(fragment);
  if (!written) return std::unexpected(written.error());

  const std::uint64_t before = entry.summary.bytes;
  entry.recording->grow(entry.last_section, entry.writer->init_bytes(), *written);
  entry.summary.started_at = entry.recording->started_at();
  entry.summary.ended_at = entry.recording->ended_at();
  entry.summary.duration_us = entry.recording->duration_us();
  entry.summary.bytes = entry.recording->bytes();
  bytes_ += entry.summary.bytes - before;
  if (fragment.end_us - entry.synced_at_us >= kSyncEveryUs) {
    entry.writer->sync();
    entry.synced_at_us = fragment.end_us;
  }
  return {};
}

Result<void> Library::open_section(ShowId show, Entry& entry, const CutFragment& fragment) {
  if (entry.recording->sections().size() >= settings_.sections_max) {
    return fail(ErrorKind::unavailable, "record-sections", "The recording has too many sections.");
  }
  std::error_code failed;
  fs::create_directories(folder(show), failed);
  const std::string path = section_file(show, entry.last_section + 1);
  auto writer = SectionWriter::create(disk_, path, fragment);
  if (!writer) {
    fs::remove(path, failed);
    return fail_as(writer);
  }
  ++entry.last_section;
  entry.writer = std::move(*writer);
  return {};
}

void Library::close_section(ShowId show, Entry& entry) {
  if (!entry.writer) return;
  entry.writer->sync();
  entry.writer.reset();
  const std::string path = section_file(show, entry.last_section);
  const auto& sections = entry.recording->sections();
  if (!sections.empty() && sections.back().number == entry.last_section) {
    keep_index(path, sections.back().index);
  } else {
    std::error_code failed;
    fs::remove(path, failed);  // not one fragment found room
  }
}

void Library::close(ShowId show) {
  const auto found = entries_.find(show);
  if (found == entries_.end() || !found->second.summary.live) return;
  Entry& entry = found->second;
  close_section(show, entry);
  entry.summary.live = false;
  entry.waits_for_key = false;
  if (entry.summary.bytes == 0) {
    entries_.erase(found);
  } else {
    tell(entry, RecordingEvent::Kind::closed);
  }
  forget_unused();
}

void Library::close_all() {
  std::vector<ShowId> live;
  for (const auto& [show, entry] : entries_) {
    if (entry.summary.live) live.push_back(show);
  }
  for (const ShowId show : live) close(show);
}

Result<ClipPlan> Library::plan_clip(ShowId show, std::int64_t from_us, std::int64_t to_us) {
  const auto recording = find(show);
  if (!recording) return std::unexpected(recording.error());
  if (entries_[show].summary.live) {
    return fail(ErrorKind::conflict, "recording-live", "The show is still being recorded.");
  }
  const auto range = (*recording)->clip_range(from_us, to_us);
  if (!range) return std::unexpected(range.error());
  ClipPlan plan{.range = *range, .section_path = section_file(show, range->section)};
  plan.name = fmt::format("{}_{}_{}.mp4", range->section, range->offset, range->length);
  plan.path = folder(show) + "/clips/" + plan.name;
  plan.made = fs::exists(plan.path);
  if (!plan.made && !make_room(range->length)) {
    return fail(ErrorKind::unavailable, "record-quota", "There is no room for a clip.");
  }
  // Making room may have given up this very recording.
  if (!entries_.contains(show)) return no_recording();
  fs::create_directories(folder(show) + "/clips");
  return plan;
}

Result<std::string> Library::clip_path(ShowId show, const std::string& name) const {
  constexpr std::string_view kSuffix = ".mp4";
  const bool is_name = name.ends_with(kSuffix) &&
                       name.find_first_not_of("0123456789_") == name.size() - kSuffix.size();
  if (!is_name || !entries_.contains(show)) return no_recording();
  std::string path = folder(show) + "/clips/" + name;
  std::error_code unknown;
  if (!fs::is_regular_file(path, unknown)) return no_recording();
  return path;
}

void Library::clip_made(ShowId show, const ClipPlan& plan) {
  const auto found = entries_.find(show);
  if (found == entries_.end()) {
    std::error_code failed;
    fs::remove_all(folder(show), failed);  // it was removed while the clip was made
    return;
  }
  std::vector<fs::directory_entry> clips;
  for (const auto& clip : fs::directory_iterator(folder(show) + "/clips")) {
    if (clip.path() != plan.path && clip.path().extension() == ".mp4") clips.push_back(clip);
  }
  std::ranges::sort(clips, {}, [](const auto& clip) { return clip.last_write_time(); });
  for (std::size_t i = 0; i + settings_.clips_max <= clips.size(); ++i) fs::remove(clips[i].path());
  const std::uint64_t bytes = bytes_below(folder(show) + "/clips");
  bytes_ += bytes - found->second.clip_bytes;
  found->second.clip_bytes = bytes;
}

bool Library::make_room(std::uint64_t bytes) {
  // What was freed may take the file system a moment to say so; it is counted instead.
  std::uint64_t free_bytes = disk_.free_bytes(settings_.dir);
  while (bytes_ + bytes > settings_.quota_bytes || free_bytes < settings_.free_bytes_min + bytes) {
    auto oldest = entries_.end();
    for (auto it = entries_.begin(); it != entries_.end(); ++it) {
      if (it->second.summary.live) continue;
      const bool is_older =
          oldest == entries_.end() || it->second.summary.ended_at < oldest->second.summary.ended_at;
      if (is_older) oldest = it;
    }
    if (oldest == entries_.end()) return false;
    free_bytes += oldest->second.summary.bytes + oldest->second.clip_bytes;
    remove(oldest->first, RecordingEvent::Kind::expired);
  }
  return true;
}

bool Library::remove(ShowId show, RecordingEvent::Kind why) {
  const auto found = entries_.find(show);
  if (found == entries_.end()) return false;
  const Entry entry = std::move(found->second);
  entries_.erase(found);
  std::error_code failed;
  fs::remove_all(folder(show), failed);
  bytes_ -= entry.summary.bytes + entry.clip_bytes;
  tell(entry, why);
  return true;
}

void Library::sweep() {
  std::vector<ShowId> old;
  for (const auto& [show, entry] : entries_) {
    const std::int64_t age_us = (clock_.now() - entry.summary.ended_at).count();
    if (!entry.summary.live && age_us / 1'000'000 >= settings_.retention_s) old.push_back(show);
  }
  for (const ShowId show : old) remove(show, RecordingEvent::Kind::expired);
}

void Library::tell(const Entry& entry, RecordingEvent::Kind kind) const {
  if (told_) told_({kind, entry.summary});
}

}  // namespace geili::media::record
