// What else stands in a session of the real Tautulli, with nothing in it: clients that look for every field find it.

extension TautulliAPI {
    static let emptyOfSession = [
        "audio_bitrate_mode", "audio_channel_layout", "audio_language", "audio_language_code", "audio_sample_rate",
        "channel_call_sign", "channel_id", "channel_identifier", "channel_thumb", "channel_title", "channel_vcn", "id",
        "protocol", "stream_audio_bitrate_mode", "stream_audio_channel_layout", "stream_audio_channel_layout_",
        "stream_audio_language", "stream_audio_language_code", "stream_audio_profile", "stream_audio_sample_rate",
        "stream_subtitle_language", "stream_subtitle_language_code", "stream_subtitle_location",
        "stream_video_bit_depth", "stream_video_chroma_subsampling", "stream_video_codec_level",
        "stream_video_color_primaries", "stream_video_color_range", "stream_video_color_space",
        "stream_video_color_trc", "stream_video_height", "stream_video_language", "stream_video_language_code",
        "stream_video_ref_frames", "stream_video_scan_type", "stream_video_width", "subtitle_container",
        "subtitle_format", "subtitle_language", "subtitle_language_code", "subtitle_location", "type",
        "video_bit_depth", "video_chroma_subsampling", "video_codec_level", "video_color_primaries",
        "video_color_range", "video_color_space", "video_color_trc", "video_frame_rate", "video_framerate",
        "video_height", "video_language", "video_language_code", "video_profile", "video_ref_frames", "video_scan_type",
        "video_width",
    ]

    static let zeroOfSession = [
        "begins_at", "ends_at", "subtitle_forced", "video_dovi_bl_present", "video_dovi_el_present", "video_dovi_level",
        "video_dovi_present", "video_dovi_profile", "video_dovi_rpu_present", "video_dovi_version",
        "stream_video_dovi_bl_present", "stream_video_dovi_el_present", "stream_video_dovi_level",
        "stream_video_dovi_present", "stream_video_dovi_profile", "stream_video_dovi_rpu_present",
        "stream_video_dovi_version",
    ]
}
