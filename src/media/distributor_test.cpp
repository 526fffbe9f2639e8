// Real pictures with numbers in them, on their way to readers who want them in different forms.
#include "media/distributor.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include "media/testing/numbered_pictures.hpp"
#include "media/testing/picture_threads.hpp"
#include "media/testing/source_units.hpp"

namespace geili::media {
namespace {

using testing::decode_all;
using testing::numbered_pictures;
using testing::NumberedOptions;

constexpr std::int64_t kStepUs = 40'000;

UnitPtr moved(const UnitPtr& unit, const std::function<void(Unit&)>& change) {
  auto copy = std::make_shared<Unit>(*unit);
  change(*copy);
  return copy;
}

class DistributorTest : public ::testing::Test {
 protected:
  Distributor& make(bool low = false, bool in_order = false) {
    distributor_ = std::make_unique<Distributor>(GroupLimits{}, threads_.making(low, in_order));
    return *distributor_;
  }
  std::shared_ptr<Reader> read(const Wanted& wanted) {
    readers_.push_back(distributor_->add(2'000, nullptr, wanted, std::nullopt));
    return readers_.back();
  }
  // With a sound behind each picture.
  void publish(const std::vector<UnitPtr>& pictures) {
    for (const UnitPtr& picture : pictures) {
      distributor_->push(picture);
      distributor_->push(sound_at(picture->dts_us));
    }
  }
  UnitPtr sound_at(std::int64_t at_us) const {
    Unit unit;
    unit.track = Track::audio;
    unit.keyframe = true;
    unit.dts_us = unit.pts_us = at_us;
    unit.config = audio_;
    unit.payload = std::make_shared<const Bytes>(*from_hex("21004990"));
    return std::make_shared<const Unit>(std::move(unit));
  }
  bool until(Reader& reader, std::vector<StreamItem>& items, const std::function<bool()>& there) {
    return threads_.until([&] {
      while (auto item = reader.pop()) items.push_back(*item);
      return there();
    });
  }
  bool until_pictures(Reader& reader, std::vector<StreamItem>& items, std::size_t count) {
    return until(reader, items, [&] { return pictures_of(items).size() >= count; });
  }
  static std::vector<UnitPtr> pictures_of(const std::vector<StreamItem>& items) {
    std::vector<UnitPtr> pictures;
    for (const StreamItem& item : items) {
      const UnitPtr* unit = std::get_if<UnitPtr>(&item);
      if (unit != nullptr && (*unit)->track == Track::video) pictures.push_back(*unit);
    }
    return pictures;
  }
  static std::vector<unsigned> numbers_of(const std::vector<StreamItem>& items) {
    std::vector<unsigned> numbers;
    for (const auto& seen : decode_all(pictures_of(items))) {
      numbers.push_back(seen.number.value_or(9'999));
    }
    return numbers;
  }
  static std::vector<unsigned> counted(unsigned first, unsigned count) {
    std::vector<unsigned> numbers;
    for (unsigned i = 0; i < count; ++i) numbers.push_back(first + i);
    return numbers;
  }

  testing::PictureThreads threads_;
  CodecConfigPtr audio_ = testing::audio_config();
  std::unique_ptr<Distributor> distributor_;
  std::vector<std::shared_ptr<Reader>> readers_;
};

TEST_F(DistributorTest, H264IsMadeOfVp8OnceForAllAndBeginsWithTheCachedGroup) {
  make();
  const auto source = numbered_pictures({.codec = Codec::vp8, .count = 40, .keyframe_every = 40});
  publish({source.begin(), source.begin() + 20});
  const auto first = read({.picture = Picture::h264});
  const auto second = read({.picture = Picture::h264});
  publish({source.begin() + 20, source.end()});
  std::vector<StreamItem> items;
  std::vector<StreamItem> others;
  ASSERT_TRUE(until_pictures(*first, items, 40));
  ASSERT_TRUE(until_pictures(*second, others, 40));
  EXPECT_EQ(numbers_of(items), counted(0, 40));
  EXPECT_EQ(pictures_of(items), pictures_of(others));
  EXPECT_EQ(pictures_of(items).front()->config->codec, Codec::h264);
  EXPECT_EQ(distributor_->figures().pictures, 40U);
  // Sound and picture stay as they were interleaved.
  while (auto item = first->pop()) items.push_back(*item);
  ASSERT_EQ(items.size(), 80U);
  for (std::size_t i = 0; i < items.size(); ++i) {
    EXPECT_EQ(std::get<UnitPtr>(items[i])->track, i % 2 == 0 ? Track::video : Track::audio) << i;
  }
}

TEST_F(DistributorTest, WhatFitsIsHandedOnAsItIs) {
  make();
  const auto reader = read({.picture = Picture::h264});
  const auto in_order = read({.picture = Picture::in_order});
  const auto source = numbered_pictures({.count = 10});
  publish(source);
  for (const auto& each : {reader, in_order}) {
    std::vector<StreamItem> items;
    ASSERT_TRUE(until_pictures(*each, items, 10));
    EXPECT_EQ(pictures_of(items), source);
  }
  EXPECT_EQ(distributor_->figures().pictures, 0U);
}

TEST_F(DistributorTest, TakesReorderingOutWhereTheHostWantsIt) {
  const auto source = numbered_pictures({.count = 40, .b_frames = 2});
  make(false, true);
  auto reader = read({.picture = Picture::in_order});
  publish(source);
  distributor_->pause({StreamState::away, 2'000'000});
  std::vector<StreamItem> items;
  ASSERT_TRUE(until_pictures(*reader, items, 40));
  EXPECT_EQ(numbers_of(items), counted(0, 40));
  for (const UnitPtr& unit : pictures_of(items)) EXPECT_EQ(unit->pts_us, unit->dts_us);

  make(false, false);
  reader = read({.picture = Picture::in_order});
  publish(source);
  items.clear();
  ASSERT_TRUE(until_pictures(*reader, items, 40));
  EXPECT_EQ(pictures_of(items), source);
}

TEST_F(DistributorTest, ALowerPictureIsMadeForWhoNeedsOne) {
  make(true);
  const auto source = numbered_pictures({.width = 1280, .height = 720, .count = 20});
  const auto plain = read({.low = LowPicture::if_sent});
  publish({source.begin(), source.begin() + 5});
  EXPECT_EQ(distributor_->figures().pictures, 0U);
  plain->want_low(LowPicture::made);
  publish({source.begin() + 5, source.end()});
  std::vector<StreamItem> items;
  ASSERT_TRUE(until_pictures(*plain, items, 40));
  std::erase_if(
      items, [](const StreamItem& item) { return std::get<UnitPtr>(item)->layer != Layer::low; });
  EXPECT_EQ(numbers_of(items), counted(0, 20));  // from the key frame on
  for (const UnitPtr& unit : pictures_of(items)) EXPECT_EQ(unit->config->height, 360U);
  // No longer needed: no longer made.
  plain->want_low(LowPicture::none);
  publish(numbered_pictures({.count = 2, .start_us = 2'000'000}));
  EXPECT_EQ(distributor_->figures().pictures, 0U);
}

TEST_F(DistributorTest, ALowerPictureThatIsSentIsTheOne) {
  make(true);
  const auto reader = read({.low = LowPicture::made});
  const auto hls = read({.picture = Picture::h264, .layer = Layer::low});
  const auto source = numbered_pictures({.width = 640, .height = 360, .count = 10});
  const auto low = numbered_pictures({.width = 320, .height = 180, .count = 10});
  for (std::size_t i = 0; i < source.size(); ++i) {
    distributor_->push(moved(low[i], [](Unit& unit) { unit.layer = Layer::low; }));
    distributor_->push(source[i]);
    distributor_->push(sound_at(source[i]->dts_us));
  }
  std::vector<StreamItem> items;
  ASSERT_TRUE(until_pictures(*reader, items, 20));
  EXPECT_EQ(std::ranges::count(pictures_of(items), 180U,
                               [](const UnitPtr& unit) { return unit->config->height; }),
            10);
  items.clear();
  ASSERT_TRUE(until_pictures(*hls, items, 10));
  EXPECT_EQ(numbers_of(items), counted(0, 10));
  EXPECT_EQ(distributor_->figures().pictures, 0U);
}

TEST_F(DistributorTest, AReaderOfTheLowerPictureGetsSoundAndPausesToo) {
  make(true);
  const auto reader = read({.picture = Picture::h264, .layer = Layer::low});
  publish(numbered_pictures({.codec = Codec::vp8, .width = 640, .height = 480, .count = 10}));
  distributor_->pause({StreamState::away, 400'000});
  std::vector<StreamItem> items;
  ASSERT_TRUE(until(*reader, items, [&items] { return items.size() >= 21; }));
  EXPECT_TRUE(std::holds_alternative<Pause>(items.back()));
  EXPECT_EQ(pictures_of(items).front()->config->height, 360U);
}

TEST_F(DistributorTest, TheNextPublisherMaySendWhatFits) {
  make();
  const auto reader = read({.picture = Picture::h264});
  publish(numbered_pictures({.codec = Codec::vp8, .count = 10}));
  distributor_->pause({StreamState::away, 400'000});
  publish(numbered_pictures({.count = 10, .first_number = 10, .start_us = 400'000}));
  std::vector<StreamItem> items;
  ASSERT_TRUE(until_pictures(*reader, items, 20));
  EXPECT_EQ(numbers_of(items), counted(0, 20));
  const auto pause = std::ranges::find_if(
      items, [](const StreamItem& item) { return std::holds_alternative<Pause>(item); });
  EXPECT_EQ(pause - items.begin(), 20);
}

TEST_F(DistributorTest, TimesRiseFromAPublisherWithReorderingToTheNext) {
  make(false, true);
  const auto reader = read({.picture = Picture::in_order});
  const auto first = numbered_pictures({.count = 10, .b_frames = 2});
  publish(first);
  const std::int64_t end_us = first.back()->dts_us + kStepUs;  // before the last pictures' times
  distributor_->pause({StreamState::away, end_us});
  publish(numbered_pictures({.count = 10, .first_number = 10, .start_us = end_us}));
  std::vector<StreamItem> items;
  ASSERT_TRUE(until_pictures(*reader, items, 20));
  const auto pictures = pictures_of(items);
  for (std::size_t i = 1; i < pictures.size(); ++i) {
    EXPECT_GT(pictures[i]->dts_us, pictures[i - 1]->dts_us) << i;
  }
}

TEST_F(DistributorTest, TheSlateIsForThoseWhoWantIt) {
  make();
  const auto viewer = read({.picture = Picture::h264});
  const auto keeper = read({.picture = Picture::h264, .slate = false});
  auto source = numbered_pictures({.codec = Codec::vp8, .count = 10});
  for (std::size_t i = 5; i < 10; ++i) {
    source[i] = moved(source[i], [](Unit& unit) { unit.slate = true; });
  }
  publish(source);
  std::vector<StreamItem> items;
  ASSERT_TRUE(until_pictures(*viewer, items, 10));
  EXPECT_TRUE(pictures_of(items).back()->slate);
  items.clear();
  while (auto item = keeper->pop()) items.push_back(*item);
  EXPECT_EQ(pictures_of(items).size(), 5U);
}

TEST_F(DistributorTest, KeyFramesOfWhatIsMadeAreNotThePublishersBusiness) {
  make(true);
  const auto reader = read({.low = LowPicture::made});
  EXPECT_FALSE(distributor_->make_key_frame(Layer::low));
  const auto source = numbered_pictures({.count = 20});
  publish({source.begin(), source.begin() + 10});
  std::vector<StreamItem> items;
  ASSERT_TRUE(until_pictures(*reader, items, 20));
  EXPECT_TRUE(distributor_->make_key_frame(Layer::low));
  EXPECT_FALSE(distributor_->make_key_frame(Layer::source));
  publish({source.begin() + 10, source.end()});
  items.clear();
  ASSERT_TRUE(until_pictures(*reader, items, 20));
  EXPECT_EQ(std::ranges::count_if(
                pictures_of(items),
                [](const UnitPtr& unit) { return unit->layer == Layer::low && unit->keyframe; }),
            1);
}

}  // namespace
}  // namespace geili::media
